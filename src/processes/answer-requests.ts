/** The port of an Electron utility process; Node's child processes have `process.send` instead. */
interface ParentPort {
  on(event: 'message', listener: (event: { data: unknown }) => void): void;
  postMessage(message: unknown): void;
}

/**
 * The worker's side: answers each request of the parent with what `answer` resolves with. A rejection ends the
 * process, which the parent sees; expected failures belong in the reply.
 */
export function answerRequests<Request, Reply>(answer: (request: Request) => Promise<Reply>): void {
  const port = (process as unknown as { parentPort?: ParentPort }).parentPort;
  const take = async (message: unknown) => {
    const { id, request } = message as { id: number; request: Request };
    // A long start is no fault of the request: its time counts from here.
    say({ id });
    say({ id, reply: await answer(request) });
  };
  const say = (message: { id: number; reply?: Reply }) => {
    if (port) port.postMessage(message);
    else process.send?.(message);
  };
  if (port) port.on('message', ({ data }) => void take(data));
  else process.on('message', (message) => void take(message));
}

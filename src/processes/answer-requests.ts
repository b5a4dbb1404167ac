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
    const reply = await answer(request);
    if (port) port.postMessage({ id, reply });
    else process.send?.({ id, reply });
  };
  if (port) port.on('message', ({ data }) => void take(data));
  else process.on('message', (message) => void take(message));
}

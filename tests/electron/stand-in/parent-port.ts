/* Gives a child process of Node the port that a utility process of Electron has, and takes its own away. */
const send = process.send!.bind(process);
const listen = process.on.bind(process);

Object.assign(process, {
  parentPort: {
    on: (event: 'message', listener: (event: { data: unknown }) => void) =>
      listen(event, (data: unknown) => listener({ data })),
    postMessage: (message: unknown) => void send(message),
  },
  send: undefined,
});

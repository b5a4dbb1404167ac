import { fork } from 'node:child_process';
import { lowerProcess } from './lower-process.ts';
import { WORKER_MEMORY, type StartWorker, type Worker, type WorkerName } from './worker.ts';

const MODULES: Record<WorkerName, URL> = {
  renditions: new URL('../photos/rendition-worker.ts', import.meta.url),
  'people-file': new URL('../roster/people-file-worker.ts', import.meta.url),
  'attendance-xlsx': new URL('../export/attendance-xlsx-worker.ts', import.meta.url),
};

/** Starts a worker as a child process of Node. */
export const startNodeWorker: StartWorker = (name) => forkWorker(MODULES[name], WORKER_MEMORY[name]);

/** Starts any module as a worker in a child process of Node, with at most `memory` megabytes of heap. */
export function forkWorker(module: URL, memory?: number): Worker {
  const child = fork(module, {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    serialization: 'advanced',
    execArgv: [...process.execArgv, ...(memory === undefined ? [] : [`--max-old-space-size=${memory}`])],
  });
  return {
    // A worker that is gone has said so by its end; what was sent to it meanwhile is answered there.
    send: (message) => void child.send(message as object, () => undefined),
    onMessage: (listener) => void child.on('message', listener),
    onEnd(listener) {
      child.on('exit', (code, signal) => listener(`the process ended (${signal ?? code})`));
      child.on('error', (error) => listener(`the process failed (${error.message})`));
    },
    lower: () => lowerProcess(child.pid),
    kill: () => void child.kill('SIGKILL'),
  };
}

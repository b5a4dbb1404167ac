import { utilityProcess } from 'electron';
import { fileURLToPath } from 'node:url';
import { lowerProcess } from '../../src/processes/lower-process.ts';
import { WORKER_MEMORY, type StartWorker } from '../../src/processes/worker.ts';

/**
 * Starts a worker as a utility process: the packaged app cannot start itself as Node (its fuse is off). The
 * bundles lie beside the main process's own. Possible once Electron is ready.
 */
export const startUtilityWorker: StartWorker = (name) => {
  const file = fileURLToPath(new URL(`../../dist/electron/${name}.js`, import.meta.url));
  const memory = WORKER_MEMORY[name];
  const child = utilityProcess.fork(file, [], {
    execArgv: memory === undefined ? [] : [`--max-old-space-size=${memory}`],
    serviceName: `muster ${name}`,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return {
    send: (message) => child.postMessage(message),
    onMessage: (listener) => void child.on('message', listener),
    onEnd: (listener) => void child.on('exit', (code) => listener(`the process ended (${code})`)),
    lower: () => lowerProcess(child.pid),
    kill: () => void child.kill(),
  };
};

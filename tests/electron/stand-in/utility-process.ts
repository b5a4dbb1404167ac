import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { requireReady } from './lifecycle.ts';
import { onlyKnown, strict, StrictEmitter } from './strict.ts';

const PARENT_PORT = fileURLToPath(new URL('./parent-port.ts', import.meta.url));

interface ForkOptions {
  serviceName?: string;
  execArgv?: string[];
  stdio?: ('ignore' | 'inherit' | 'pipe')[];
}

export const utilityProcess = strict('utilityProcess', {
  fork(file: string, args: string[] = [], options: ForkOptions = {}) {
    requireReady('utilityProcess');
    onlyKnown('the utility process option', options, ['serviceName', 'execArgv', 'stdio']);
    const child = fork(file, args, {
      execArgv: ['--import', PARENT_PORT, ...(options.execArgv ?? [])],
      serialization: 'advanced',
      stdio: [...(options.stdio ?? ['ignore', 'inherit', 'inherit']), 'ipc'],
    });
    const events = new StrictEmitter('UtilityProcess', ['message', 'exit']);
    child.on('message', (message) => events.emit('message', message));
    child.on('exit', (code) => events.emit('exit', code ?? 1));
    return strict(
      'UtilityProcess',
      Object.assign(events, {
        postMessage: (message: unknown) => void child.send(message as object, () => undefined),
        pid: child.pid,
        kill: () => child.kill('SIGKILL'),
      }),
    );
  },
});

import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));

/** How a command ended. */
export interface Ended {
  /** Null when a signal ended it. */
  code: number | null;
  stdout: string;
  stderr: string;
}

/** The environment of a terminal in English, without a data folder of its own. */
function environment(more: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR, NODE_COMPILE_CACHE } = process.env;
  return { PATH, HOME, TMPDIR, NODE_COMPILE_CACHE, LANG: 'C.UTF-8', ...more };
}

function start(args: string[], env: NodeJS.ProcessEnv): ChildProcess {
  return spawn(process.execPath, [MAIN, ...args], {
    env: environment(env),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** Runs `muster ARGS` in a process of its own, to its end. */
export async function muster(args: string[], env: NodeJS.ProcessEnv = {}): Promise<Ended> {
  const child = start(args, env);
  const ended: Ended = { code: null, stdout: '', stderr: '' };
  child.stdout!.setEncoding('utf8').on('data', (text: string) => (ended.stdout += text));
  child.stderr!.setEncoding('utf8').on('data', (text: string) => (ended.stderr += text));
  [ended.code] = (await once(child, 'close')) as [number | null];
  return ended;
}

/** A kiosk that is being served by a process of its own. */
export interface Serving {
  address: string;
  child: ChildProcess;
  /** All it has printed so far. */
  stdout(): string;
  stderr(): string;
  /** Sends the signal and resolves with how the process ended. */
  end(signal: NodeJS.Signals): Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
}

/** Starts `muster serve --port 0` and waits for its ready line. */
export async function serve(args: string[], env: NodeJS.ProcessEnv = {}): Promise<Serving> {
  const child = start(['serve', '--port', '0', ...args], env);
  const ended = once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>;
  const printed = { stdout: '', stderr: '' };
  child.stderr!.setEncoding('utf8').on('data', (text: string) => (printed.stderr += text));
  const address = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout! }).on('line', (line) => {
      printed.stdout += `${line}\n`;
      const found = /http:\/\/[^\s"]+/.exec(line)?.[0];
      if (found) resolve(found);
    });
    ended.then(([code]) => reject(new Error(`serve ended with ${code}: ${printed.stderr}`)), reject);
  });
  return {
    address,
    child,
    stdout: () => printed.stdout,
    stderr: () => printed.stderr,
    async end(signal) {
      child.kill(signal);
      const [code, by] = await ended;
      return { code, signal: by };
    },
  };
}

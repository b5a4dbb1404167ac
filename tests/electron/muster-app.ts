import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { _electron, chromium, type BrowserContext, type Page } from 'playwright-core';
import { onTestFinished, vi } from 'vitest';
import type { Command } from './stand-in/control.ts';
import type { StandInDisplay } from './stand-in/screen.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const REGISTER = fileURLToPath(new URL('./stand-in/register.ts', import.meta.url));

/** For `env`: what waits five seconds waits one, where a test is not about the time. */
export const QUICK = { NODE_OPTIONS: `--import ${new URL('./quick-waits.ts', import.meta.url).href}` };

/** For `expect.poll`: several pages load at once, on machines with other work. */
export const PATIENT = { timeout: 20_000 };

/** How a run is prepared. `app`: the folder with package.json and dist/, the project's own where none is named. */
export interface Launch {
  args?: string[];
  app?: string;
  env?: NodeJS.ProcessEnv;
  displays?: StandInDisplay[];
  /** Only a packaged app does some things. */
  packaged?: boolean;
}

/** How the app's process ended. */
export interface AppEnd {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** The running app: its pages as a person sees them, and what it prints. */
export interface RunningApp {
  pages(): Page[];
  /** The page of a window, once it shows something of ours. */
  page(path?: string): Promise<Page>;
  /** Does to the app what only a person or the system can; stand-in only. */
  control(command: Command, ...args: unknown[]): Promise<unknown>;
  stdout(): string;
  stderr(): string;
  /** Resolves when it said that it is ready. */
  ready: Promise<void>;
  ended: Promise<AppEnd>;
  kill(signal: NodeJS.Signals): void;
  /** Ends it, if it has not ended, without giving it time for anything. */
  close(): Promise<void>;
}

/** What the stand-in says: once where its browser is, then the answers to commands. */
type FromApp = { endpoint: string } | { id: number; result?: unknown; error?: string };

/** Ends the process of a page the hard way. */
export async function crash(app: RunningApp, path: string): Promise<void> {
  const page = await app.page(path);
  const gone = page.waitForEvent('crash');
  const cdp = await page.context().newCDPSession(page);
  cdp.send('Page.crash').catch(() => undefined);
  await gone;
}

/** The path of a real Electron, where its binary was installed or named; the specs then run on it. */
export function realElectron(): string | undefined {
  const folder = process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? join(ROOT, 'node_modules/electron/dist');
  const pathFile = join(ROOT, 'node_modules/electron/path.txt');
  const executable = join(folder, existsSync(pathFile) ? readFileSync(pathFile, 'utf8') : 'electron');
  return existsSync(executable) ? executable : undefined;
}

/** Starts the built app: on Electron where there is one, else on the stand-in. */
export function launchApp(launch: Launch = {}): Promise<RunningApp> {
  const electron = realElectron();
  return electron ? launchElectron(electron, launch) : launchStandIn(launch);
}

/** As `launchApp`, for one test: the app is ended with it. */
export async function openApp(launch: Launch = {}): Promise<RunningApp> {
  const app = await launchApp(launch);
  onTestFinished(app.close);
  return app;
}

async function launchStandIn({
  args = [],
  app = ROOT,
  env,
  displays,
  packaged,
}: Launch): Promise<RunningApp> {
  const main = join(app, 'dist/electron/main.js');
  const child = spawn(process.execPath, ['--import', REGISTER, main, ...args], {
    cwd: app,
    env: {
      ...process.env,
      ...(displays && { STAND_IN_DISPLAYS: JSON.stringify(displays) }),
      ...(packaged && { STAND_IN_PACKAGED: '1' }),
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let context: BrowserContext | undefined;
  let count = 0;
  const answers = new Map<number, (message: { result?: unknown; error?: string }) => void>();
  child.on('message', (message: FromApp) => {
    if ('endpoint' in message) {
      chromium.connect(message.endpoint).then(
        (browser) => (context = browser.contexts()[0]),
        // An app that ends at once is gone by then; any other fails where one of its pages is waited for.
        () => undefined,
      );
    } else answers.get(message.id)?.(message);
  });
  return {
    ...watchProcess(child),
    pages: () => context?.pages() ?? [],
    page: (path) => pageAt(() => context?.pages() ?? [], path),
    control(command, ...values) {
      const id = ++count;
      return new Promise((resolve, reject) => {
        answers.set(id, ({ result, error }) =>
          error === undefined ? resolve(result) : reject(new Error(error)),
        );
        child.send({ id, command, args: values });
      });
    },
  };
}

/** Untried where this was written: there was no Electron to try it on. */
async function launchElectron(
  executablePath: string,
  { args = [], app = ROOT, env }: Launch,
): Promise<RunningApp> {
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const running = await _electron.launch({
    executablePath,
    args: [app, ...asRoot, ...args],
    env: { ...process.env, ...env } as Record<string, string>,
  });
  return {
    ...watchProcess(running.process()),
    pages: () => running.windows(),
    page: (path) => pageAt(() => running.windows(), path),
    control: (command) => Promise.reject(new Error(`${command} is only known to the stand-in`)),
  };
}

function watchProcess(child: ChildProcess) {
  const printed = { stdout: '', stderr: '' };
  const ready = Promise.withResolvers<void>();
  child.stdout!.setEncoding('utf8').on('data', (text: string) => {
    printed.stdout += text;
    if (printed.stdout.includes('Muster is ready.')) ready.resolve();
  });
  child.stderr!.setEncoding('utf8').on('data', (text: string) => (printed.stderr += text));
  const ended = new Promise<AppEnd>((resolve) => {
    child.once('close', (code, signal) => {
      ready.reject(new Error(`the app ended (${signal ?? code}): ${printed.stderr}`));
      resolve({ code, signal });
    });
  });
  // Whoever does not wait for it is not told that it never came.
  ready.promise.catch(() => undefined);
  return {
    stdout: () => printed.stdout,
    stderr: () => printed.stderr,
    ready: ready.promise,
    ended,
    kill: (signal: NodeJS.Signals) => void child.kill(signal),
    async close() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

async function pageAt(pages: () => Page[], path = '/gate'): Promise<Page> {
  const page = await vi.waitUntil(() => pages().find((one) => URL.parse(one.url())?.pathname === path), {
    timeout: 20_000,
    interval: 50,
  });
  await page.waitForLoadState();
  return page;
}

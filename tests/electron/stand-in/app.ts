import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, watch, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startBrowser } from './browser.ts';
import { asked } from './desktop.ts';
import { closeWindows } from './windows.ts';
import { isReady, requireBeforeReady, seal, setReady } from './lifecycle.ts';
import { primaryBounds } from './screen.ts';
import { startRouting } from './session.ts';
import { preventable, strict, StrictEmitter } from './strict.ts';

const EVENTS = [
  'ready',
  'before-quit',
  'will-quit',
  'quit',
  'window-all-closed',
  'second-instance',
  'web-contents-created',
  'child-process-gone',
  'stand-in-started',
];

class App extends StrictEmitter {
  /** Set by the tests to see what only the packaged app does. */
  readonly isPackaged = process.env['STAND_IN_PACKAGED'] === '1';
  readonly #paths = new Map([['userData', join(tmpdir(), `stand-in-${process.pid}`)]]);
  readonly #ready = Promise.withResolvers<void>();
  readonly commandLine = strict('app.commandLine', {
    appendSwitch: () => requireBeforeReady('app.commandLine.appendSwitch'),
  });
  sandboxed = false;
  #relaunches = 0;

  constructor() {
    super('app', EVENTS);
    // Electron's own way to take these signals.
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => this.quit());
  }

  whenReady(): Promise<void> {
    return this.#ready.promise;
  }

  enableSandbox(): void {
    requireBeforeReady('app.enableSandbox');
    this.sandboxed = true;
  }

  disableHardwareAcceleration(): void {
    requireBeforeReady('app.disableHardwareAcceleration');
    asked.acceleration = false;
  }

  getPath(name: string): string {
    const path = this.#paths.get(name);
    if (path === undefined) throw new Error(`the stand-in does not know the path "${name}"`);
    return path;
  }

  setPath(name: string, path: string): void {
    requireBeforeReady('app.setPath');
    this.getPath(name);
    if (!existsSync(path)) throw new Error(`app.setPath: there is no folder ${path}`);
    this.#paths.set(name, path);
  }

  /** As Electron's, one process for each userData folder; the second one's data is handed to the first. */
  requestSingleInstanceLock(data: object = {}): boolean {
    const folder = join(this.getPath('userData'), 'stand-in-lock');
    mkdirSync(folder, { recursive: true });
    const owner = join(folder, 'pid');
    const message = join(folder, 'second.json');
    if (existsSync(owner) && isAlive(Number(readFileSync(owner, 'utf8')))) {
      const second = JSON.stringify({ argv: process.argv, folder: process.cwd(), data });
      writeFileSync(`${message}.new`, second);
      renameSync(`${message}.new`, message);
      return false;
    }
    writeFileSync(owner, String(process.pid));
    watch(folder, () => {
      if (!existsSync(message)) return;
      const text = readFileSync(message, 'utf8');
      rmSync(message);
      const second = JSON.parse(text) as { argv: string[]; folder: string; data: object };
      this.emit('second-instance', {}, second.argv, second.folder, second.data);
    }).unref();
    return true;
  }

  quit(): void {
    const event = preventable({});
    this.emit('before-quit', event);
    if (event.defaultPrevented) return;
    if (!closeWindows()) return;
    this.exit(0);
  }

  /** Starts nothing: the end says how many instances Electron would start. */
  relaunch(_options: { execPath?: string } = {}): void {
    this.#relaunches++;
  }

  exit(code = 0): never {
    if (this.#relaunches > 0) console.log(`stand-in: started again ${this.#relaunches} times`);
    this.emit('quit', {}, code);
    process.exit(code);
  }

  /** Becomes ready, as Electron does by itself once the entry module has run. */
  async start(): Promise<void> {
    seal();
    const endpoint = await startBrowser(primaryBounds());
    await startRouting();
    setReady();
    this.emit('stand-in-started', endpoint);
    this.emit('ready');
    this.#ready.resolve();
  }

  isReady(): boolean {
    return isReady();
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
    throw error;
  }
}

// A packaged app is its own executable: no script in front of its arguments.
if (process.env['STAND_IN_PACKAGED'] === '1') process.argv.splice(1, 1);

/** The unguarded object, for the other files of the stand-in. */
export const theApp = new App();
// The entry's modules are evaluated in one go; a main process that waits first would be too late in Electron, too.
// A test that is the main process itself says when.
if (process.env['STAND_IN_START'] !== 'by-test') setImmediate(() => void theApp.start());
export const app = strict('app', theApp);

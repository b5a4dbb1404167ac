import { app, theApp } from './app.ts';
import { requireReady } from './lifecycle.ts';
import { onlyKnown, preventable, strict, StrictEmitter } from './strict.ts';
import { WebContents } from './web-contents.ts';
import { windows } from './windows.ts';

interface Bounds {
  x: number;
  y: number;
  width: number;
  height: number;
}

const OPTIONS = ['x', 'y', 'width', 'height', 'show', 'frame', 'kiosk', 'backgroundColor', 'webPreferences'];
const PREFERENCES = [
  'preload',
  'sandbox',
  'contextIsolation',
  'nodeIntegration',
  'nodeIntegrationInSubFrames',
  'webSecurity',
  'webviewTag',
  'navigateOnDragDrop',
  'disableDialogs',
  'spellcheck',
  'backgroundThrottling',
  'devTools',
];
const EVENTS = ['ready-to-show', 'close', 'closed'];

/** Options of a window, as far as the stand-in knows them. */
export type WindowOptions = Bounds & {
  show?: boolean;
  kiosk?: boolean;
  webPreferences: Record<string, unknown> & { preload: string };
};

/** A window: a page of the browser, as large as the window. */
export class StandInWindow extends StrictEmitter {
  readonly contents: WebContents;
  readonly options: WindowOptions;
  readonly handle: StandInWindow;
  bounds: Bounds;
  shown: boolean;
  kiosk: boolean;
  focused = 0;
  #destroyed = false;

  constructor(options: WindowOptions) {
    super('BrowserWindow', EVENTS);
    requireReady('BrowserWindow');
    onlyKnown('the window option', options, OPTIONS);
    onlyKnown('the web preference', options.webPreferences, PREFERENCES);
    const { sandbox, contextIsolation } = options.webPreferences;
    // Its preload scripts are always sandboxed and isolated; anything else would run better here than there.
    if (sandbox === false || contextIsolation === false || !theApp.sandboxed)
      throw new Error('the stand-in has no pages without sandbox and isolation');
    const { x, y, width, height, show = true, kiosk = false } = options;
    this.options = options;
    this.bounds = { x, y, width, height };
    this.shown = show;
    this.kiosk = kiosk;
    this.contents = new WebContents(this);
    this.handle = strict('BrowserWindow', this);
    windows.push(this);
    theApp.emit('web-contents-created', {}, this.contents.handle);
  }

  get webContents(): WebContents {
    return this.contents.handle;
  }

  loadURL(address: string): Promise<void> {
    return this.contents.load(address);
  }

  show(): void {
    this.shown = true;
  }

  setKiosk(kiosk: boolean): void {
    this.kiosk = kiosk;
  }

  setBounds(bounds: Bounds): void {
    // A real window in kiosk mode does not move.
    if (this.kiosk) return;
    this.bounds = bounds;
    void this.contents.resize(bounds);
  }

  isMinimized(): boolean {
    return false;
  }

  restore(): void {}

  focus(): void {
    this.focused++;
  }

  isDestroyed(): boolean {
    return this.#destroyed;
  }

  close(): void {
    const event = preventable({});
    this.emit('close', event);
    if (!event.defaultPrevented) this.destroy();
  }

  destroy(): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    windows.splice(windows.indexOf(this), 1);
    void this.contents.end();
    this.emit('closed');
    if (windows.length === 0) setImmediate(() => app.emit('window-all-closed'));
  }
}

function create(options: WindowOptions) {
  return new StandInWindow(options).handle;
}

/** The class as the app imports it: `new` gives the guarded window. */
export const BrowserWindow = strict(
  'BrowserWindow',
  Object.assign(
    function (options: WindowOptions) {
      return create(options);
    },
    {
      getAllWindows: () => windows.map(({ handle }) => handle),
      fromWebContents: (contents: WebContents) =>
        windows.find((window) => window.contents.handle === contents)?.handle ?? null,
    },
  ),
);

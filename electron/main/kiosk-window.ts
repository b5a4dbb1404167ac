import { app, BrowserWindow, type Rectangle } from 'electron';
import { fileURLToPath } from 'node:url';
import { OWN_ADDRESS } from './scheme.ts';

const PRELOAD = fileURLToPath(new URL('../../dist/electron/preload.cjs', import.meta.url));

/** Wait in milliseconds before a page that did not load is tried again. */
const AGAIN_AFTER = 2_000;
/** Chromium's number for a page that another one took the place of. */
const ABORTED = -3;

/** What each window was told to show. */
const paths = new WeakMap<BrowserWindow, string>();

/** The wall's colour (renderer/styles/tokens.css), so that nothing flashes before the first picture. */
const BACKGROUND = '#170906';

/** A window that fills the display with these bounds and shows the page at `path`. */
export function openKioskWindow(bounds: Rectangle, path: string): BrowserWindow {
  const window = new BrowserWindow({
    ...bounds,
    show: false,
    frame: false,
    kiosk: true,
    backgroundColor: BACKGROUND,
    webPreferences: {
      preload: PRELOAD,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      navigateOnDragDrop: false,
      disableDialogs: true,
      spellcheck: false,
      // A wall behind another window goes on moving.
      backgroundThrottling: false,
      devTools: !app.isPackaged,
    },
  });
  window.once('ready-to-show', () => window.show());
  // In the packaged kiosk nobody closes a window from the screen: it ends by `--quit` or with the system.
  if (app.isPackaged) window.on('close', (event) => event.preventDefault());
  retryFailedLoads(window);
  void showPage(window, path);
  return window;
}

/** Shows another page in the window. A page that does not load is reported and tried again. */
export async function showPage(window: BrowserWindow, path: string): Promise<void> {
  paths.set(window, path);
  try {
    await window.loadURL(`${OWN_ADDRESS}${path}`);
  } catch (error) {
    if (!window.isDestroyed()) console.error(`muster: the page ${path} did not load:`, error);
  }
}

/** However the load began: by `showPage`, or by the reload that follows a crash. */
function retryFailedLoads(window: BrowserWindow): void {
  window.webContents.on('did-fail-load', (_event, code, _description, _address, isMainFrame) => {
    if (!isMainFrame || code === ABORTED) return;
    const path = paths.get(window)!;
    setTimeout(() => {
      if (!window.isDestroyed() && paths.get(window) === path) void showPage(window, path);
    }, AGAIN_AFTER);
  });
}

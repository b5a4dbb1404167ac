import { app, BrowserWindow, type Rectangle } from 'electron';
import { fileURLToPath } from 'node:url';
import { OWN_ADDRESS } from './scheme.ts';

const PRELOAD = fileURLToPath(new URL('../../dist/electron/preload.cjs', import.meta.url));

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
  void showPage(window, path);
  return window;
}

/** Shows another page in the window. A page that does not load is reported; the crash guard is for what follows. */
export async function showPage(window: BrowserWindow, path: string): Promise<void> {
  try {
    await window.loadURL(`${OWN_ADDRESS}${path}`);
  } catch (error) {
    if (!window.isDestroyed()) console.error(`muster: the page ${path} did not load:`, error);
  }
}

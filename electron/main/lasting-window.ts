import type { BrowserWindow, Rectangle } from 'electron';
import { createCrashGuard } from './crash-guard.ts';
import { listenForHeartbeat } from './heartbeat.ts';
import { openKioskWindow, showPage } from './kiosk-window.ts';

/** A kiosk window that comes back when its page crashes or hangs, if need be as a new one. */
export interface LastingWindow {
  /** Shows the page at `path`, from its beginning. */
  show(path: string): void;
  /** Fills the display with these bounds. */
  fill(bounds: Rectangle): void;
  destroy(): void;
}

/** Opens a window that fills the display with these bounds and shows the page at `path`. */
export function openLastingWindow(bounds: Rectangle, path: string): LastingWindow {
  const guard = createCrashGuard();
  const wanted = { bounds, path };
  let window = open();

  function open(): BrowserWindow {
    const opened = openKioskWindow(wanted.bounds, wanted.path);
    listenForHeartbeat(opened);
    guard.watch(opened, () => {
      window = open();
      opened.destroy();
    });
    return opened;
  }

  return {
    show(next) {
      wanted.path = next;
      void showPage(window, next);
    },
    fill(next) {
      wanted.bounds = next;
      // A window in kiosk mode does not move.
      window.setKiosk(false);
      window.setBounds(next);
      window.setKiosk(true);
    },
    destroy: () => window.destroy(),
  };
}

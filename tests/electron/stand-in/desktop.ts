import { requireReady } from './lifecycle.ts';
import { strict } from './strict.ts';

/** What the app asked of the desktop, for tests to look at. */
export const asked = { menu: 'default' as unknown, blockers: [] as string[], acceleration: true };

export const Menu = strict('Menu', {
  setApplicationMenu(menu: null) {
    asked.menu = menu;
  },
});

export const powerSaveBlocker = strict('powerSaveBlocker', {
  start(kind: string): number {
    requireReady('powerSaveBlocker');
    return asked.blockers.push(kind);
  },
});

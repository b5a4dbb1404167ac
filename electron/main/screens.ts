import { screen, type Display } from 'electron';
import { screenPath, screensOf, type ScreenChoice } from '../../src/domain/screen.ts';
import { openLastingWindow, type LastingWindow } from './lasting-window.ts';

/** One display and its window. */
interface Shown {
  window: LastingWindow;
  path: string;
  /** Position and size as last seen, to notice a change. */
  place: string;
}

/**
 * Keeps one window on every display, the primary one first, and follows displays that come, go or change.
 * @param choose what the displays show, by the settings of the moment
 * @returns a function that looks again, for when the settings changed
 */
export function fillDisplays(
  choose: () => readonly ScreenChoice[],
  options: ReadonlyMap<number, ScreenChoice>,
): () => void {
  const shown = new Map<number, Shown>();

  function arrange(): void {
    const connected = screen.getAllDisplays();
    // All displays switched off is no reason to close the kiosk.
    if (connected.length === 0) return;
    const displays = inOrder(connected);
    const choices = screensOf(displays.length, choose(), options);
    displays.forEach((display, index) => put(display, screenPath(choices[index]!)));
    for (const [id, { window }] of shown) {
      if (displays.some((display) => display.id === id)) continue;
      shown.delete(id);
      window.destroy();
    }
  }

  function put(display: Display, path: string): void {
    const here = shown.get(display.id);
    if (!here) {
      const window = openLastingWindow(display.bounds, path);
      shown.set(display.id, { window, path, place: placeOf(display) });
      return;
    }
    if (here.place !== placeOf(display)) {
      here.place = placeOf(display);
      here.window.fill(display.bounds);
    }
    if (here.path !== path) {
      here.path = path;
      here.window.show(path);
    }
  }

  screen.on('display-added', arrange);
  screen.on('display-removed', arrange);
  screen.on('display-metrics-changed', arrange);
  arrange();
  return arrange;
}

/** The primary display first, the others from left to right and top to bottom. */
function inOrder(displays: Display[]): Display[] {
  const primary = screen.getPrimaryDisplay().id;
  return displays.toSorted(
    (a, b) =>
      Number(b.id === primary) - Number(a.id === primary) ||
      a.bounds.x - b.bounds.x ||
      a.bounds.y - b.bounds.y,
  );
}

function placeOf({ bounds: { x, y, width, height }, rotation, scaleFactor }: Display): string {
  return [x, y, width, height, rotation, scaleFactor].join(' ');
}

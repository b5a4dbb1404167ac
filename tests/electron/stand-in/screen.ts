import { requireReady } from './lifecycle.ts';
import { strict, StrictEmitter } from './strict.ts';

/** A display as a test describes it; the first one is the primary. */
export interface StandInDisplay {
  id: number;
  bounds: { x: number; y: number; width: number; height: number };
  rotation: number;
  scaleFactor: number;
}

const DEFAULT: StandInDisplay[] = [
  { id: 1, bounds: { x: 0, y: 0, width: 1920, height: 1080 }, rotation: 0, scaleFactor: 1 },
];

let displays: StandInDisplay[] = process.env['STAND_IN_DISPLAYS']
  ? (JSON.parse(process.env['STAND_IN_DISPLAYS']) as StandInDisplay[])
  : DEFAULT;

class Screen extends StrictEmitter {
  constructor() {
    super('screen', ['display-added', 'display-removed', 'display-metrics-changed']);
  }

  getAllDisplays(): StandInDisplay[] {
    requireReady('screen');
    return structuredClone(displays);
  }

  getPrimaryDisplay(): StandInDisplay {
    requireReady('screen');
    return structuredClone(displays[0]!);
  }
}

const theScreen = new Screen();
export const screen = strict('screen', theScreen);

export function primaryBounds(): { width: number; height: number } {
  const { width, height } = displays[0]!.bounds;
  return { width, height };
}

/** Plugs, unplugs and changes displays, and tells listeners what happened to each. */
export function setDisplays(now: StandInDisplay[]): void {
  const before = displays;
  displays = now;
  for (const display of before) {
    if (!now.some(({ id }) => id === display.id)) theScreen.emit('display-removed', {}, display);
  }
  for (const display of now) {
    const old = before.find(({ id }) => id === display.id);
    if (!old) theScreen.emit('display-added', {}, display);
    else if (JSON.stringify(old) !== JSON.stringify(display))
      theScreen.emit('display-metrics-changed', {}, display, ['bounds']);
  }
}

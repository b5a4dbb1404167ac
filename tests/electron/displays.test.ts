import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { tempFolder } from '../support/temp-folder.ts';
import { resultFrom, unlock } from './bridge.ts';
import { openApp, PATIENT, realElectron, type RunningApp } from './muster-app.ts';
import type { StandInDisplay } from './stand-in/screen.ts';

const DESK = display(1, 0, 1920, 1080);
const TALL = display(2, 1920, 1080, 1920);
const LEFT = display(3, -1366, 1366, 768);

function display(id: number, x: number, width: number, height: number): StandInDisplay {
  return { id, bounds: { x, y: 0, width, height }, rotation: 0, scaleFactor: 1 };
}

async function openOn(displays: StandInDisplay[], more: string[] = []): Promise<RunningApp> {
  const app = await openApp({ args: ['--data', await tempFolder(), ...more], displays });
  await app.ready;
  return app;
}

/** Each window's path and place, in the order of places. */
async function shown(app: RunningApp): Promise<string[]> {
  const windows = (await app.control('windows')) as { bounds: StandInDisplay['bounds']; address?: string }[];
  return windows
    .toSorted((a, b) => a.bounds.x - b.bounds.x)
    .map(
      ({ bounds: { x, width, height }, address }) =>
        `${address && URL.parse(address)?.pathname} at ${x}, ${width} x ${height}`,
    );
}

// A test cannot plug displays into a real Electron.
describe.skipIf(realElectron())('one window on every display', () => {
  test('the gate on the primary one, the wall on the others, until the settings say otherwise', async () => {
    const app = await openOn([DESK, LEFT, TALL]);
    await expect
      .poll(() => shown(app), PATIENT)
      .toEqual(['/wall at -1366, 1366 x 768', '/gate at 0, 1920 x 1080', '/wall at 1920, 1080 x 1920']);
    const sizes = await Promise.all(
      app.pages().map((page) => page.evaluate(() => [innerWidth, innerHeight])),
    );
    expect(sizes).toEqual(
      expect.arrayContaining([
        [1920, 1080],
        [1366, 768],
        [1080, 1920],
      ]),
    );

    const gate = await app.page('/gate');
    const token = await unlock(gate);
    const settings = { screens: [{ screen: 'gate' }, { screen: 'gate' }] };
    await resultFrom(gate, 'settings.save', { gestureId: randomUUID(), settings }, token);
    await expect
      .poll(() => shown(app), PATIENT)
      .toEqual(['/gate at -1366, 1366 x 768', '/gate at 0, 1920 x 1080', '/wall at 1920, 1080 x 1920']);
  });

  test('options win, and count the primary one first, then from the left', async () => {
    const app = await openOn([DESK, LEFT, TALL], ['--screen', 'wall', '--screen', '3=gate']);
    await expect
      .poll(() => shown(app), PATIENT)
      .toEqual(['/wall at -1366, 1366 x 768', '/wall at 0, 1920 x 1080', '/gate at 1920, 1080 x 1920']);
  });

  test('a display that comes gets a window, one that turns keeps it, one that goes takes it along', async () => {
    const app = await openOn([DESK]);
    await app.control('setDisplays', [DESK, TALL]);
    await expect
      .poll(() => shown(app), PATIENT)
      .toEqual(['/gate at 0, 1920 x 1080', '/wall at 1920, 1080 x 1920']);

    const wall = await app.page('/wall');
    await wall.evaluate(() => Object.assign(window, { mark: 1 }));
    await app.control('setDisplays', [DESK, display(2, 1920, 1920, 1080)]);
    await expect
      .poll(() => shown(app), PATIENT)
      .toEqual(['/gate at 0, 1920 x 1080', '/wall at 1920, 1920 x 1080']);
    await expect.poll(() => wall.evaluate(() => innerWidth), PATIENT).toBe(1920);
    expect(await wall.evaluate(() => (window as unknown as { mark?: number }).mark)).toBe(1);

    await app.control('setDisplays', [DESK]);
    await expect.poll(() => shown(app), PATIENT).toEqual(['/gate at 0, 1920 x 1080']);
    await expect.poll(() => app.pages().length, PATIENT).toBe(1);

    // All displays off is no reason to end.
    await app.control('setDisplays', []);
    await expect.poll(() => shown(app), PATIENT).toEqual(['/gate at 0, 1920 x 1080']);
    expect(await resultFrom(await app.page('/gate'), 'settings.get', {})).toBeTruthy();
  });
});

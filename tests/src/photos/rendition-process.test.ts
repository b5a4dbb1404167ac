import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { forkWorker } from '../../../src/processes/node-worker.ts';
import type { Worker } from '../../../src/processes/worker.ts';
import { startRenditionProcess, type RenditionProcess } from '../../../src/photos/rendition-process.ts';

const BREAKING = new URL('./breaking-worker.ts', import.meta.url);
const MADE = { ok: true, width: 60, height: 40 };

let renditions: RenditionProcess;
/** The decoder that was started last. */
let decoder: Worker;

beforeEach(() => {
  renditions = startRenditionProcess(() => (decoder = forkWorker(BREAKING)));
});

afterEach(() => {
  renditions.close();
  vi.useRealTimers();
});

const make = (source: string) => renditions.make({ source, turned: 0, targets: [] });

test('a photo that kills the decoder takes no neighbour with it', async () => {
  const outcomes = await Promise.all(['good', 'kills', 'good'].map(make));
  expect(outcomes).toEqual([MADE, expect.objectContaining({ ok: false, reason: 'damaged' }), MADE]);
  expect(await make('good')).toEqual(MADE);
});

test('two photos that kill the decoder, beside each other and good ones', async () => {
  const outcomes = await Promise.all(['kills', 'good', 'kills', 'good'].map(make));
  expect(outcomes.map(({ ok }) => ok)).toEqual([false, true, false, true]);
});

test('a photo that never ends is too slow; its neighbour and the one right behind it are made', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const slow = make('hangs');
  await new Promise((begun) => decoder.onMessage(begun));
  vi.advanceTimersByTime(15_000);
  const neighbour = make('good');
  vi.advanceTimersByTime(15_000);
  const next = make('good');
  vi.useRealTimers();
  expect([await slow, await neighbour, await next]).toEqual([
    expect.objectContaining({ ok: false, reason: 'too-slow' }),
    MADE,
    MADE,
  ]);
});

test('a decoder that cannot be started is no fault that ends the kiosk', async () => {
  const { execPath } = process;
  process.execPath = '/nowhere/node';
  try {
    expect(await make('good')).toMatchObject({ ok: false, reason: 'damaged' });
  } finally {
    process.execPath = execPath;
  }
  expect(await make('good')).toEqual(MADE);
});

test('closed in the middle, it answers and starts nothing again', async () => {
  const making = make('hangs');
  renditions.close();
  expect(await making).toMatchObject({ ok: false, reason: 'damaged' });
});

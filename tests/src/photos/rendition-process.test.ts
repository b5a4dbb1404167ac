import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { forkWorker } from '../../../src/processes/node-worker.ts';
import type { Worker } from '../../../src/processes/worker.ts';
import { startRenditionProcess, type RenditionProcess } from '../../../src/photos/rendition-process.ts';

const BREAKING = new URL('./breaking-worker.ts', import.meta.url);
const MADE = { ok: true, width: 60, height: 40 };

let renditions: RenditionProcess;
/** The decoder that was started last. */
let decoder: Worker;
let started: number;

beforeEach(() => {
  started = 0;
  renditions = startRenditionProcess(() => {
    started++;
    return (decoder = forkWorker(BREAKING));
  });
});

afterEach(() => {
  renditions.close();
  vi.useRealTimers();
});

const make = (source: string) => renditions.make({ source, turned: 0, targets: [] });

test('a photo that kills its decoder takes no neighbour with it', async () => {
  const outcomes = await Promise.all(['good', 'kills', 'good'].map(make));
  expect(outcomes).toEqual([MADE, expect.objectContaining({ ok: false, reason: 'unsafe' }), MADE]);
  expect(await make('good')).toEqual(MADE);
});

test('two photos that kill their decoders, beside each other and good ones', async () => {
  const outcomes = await Promise.all(['kills', 'good', 'kills', 'good'].map(make));
  expect(outcomes.map(({ ok }) => ok)).toEqual([false, true, false, true]);
});

test('photos beside one that never ends are made', async () => {
  const slow = make('hangs');
  expect(await Promise.all([make('good'), make('good')])).toEqual([MADE, MADE]);
  expect(started).toBe(3);
  renditions.close();
  expect(await slow).toMatchObject({ ok: false });
});

test('a photo that never ends is given up after a minute', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const slow = make('hangs');
  await new Promise((begun) => decoder.onMessage(begun));
  vi.advanceTimersByTime(60_000);
  vi.useRealTimers();
  expect(await slow).toMatchObject({ ok: false, reason: 'too-slow' });
  expect(await make('good')).toEqual(MADE);
});

test('photos one after the other have one decoder; one that is full is not used again', async () => {
  for (const source of ['good', 'good', 'good']) expect(await make(source)).toEqual(MADE);
  expect(started).toBe(1);
  expect(await make('fills')).toEqual(MADE);
  expect(started).toBe(1);
  expect(await make('good')).toEqual(MADE);
  expect(started).toBe(2);
});

test('a decoder that cannot be started is no fault that ends the kiosk', async () => {
  const { execPath } = process;
  process.execPath = '/nowhere/node';
  try {
    expect(await make('good')).toMatchObject({ ok: false, reason: 'unsafe' });
  } finally {
    process.execPath = execPath;
  }
  expect(await make('good')).toEqual(MADE);
});

test('closed in the middle, it answers and starts nothing again', async () => {
  const making = make('hangs');
  renditions.close();
  expect(await making).toMatchObject({ ok: false });
  expect(await make('good')).toMatchObject({ ok: false, reason: 'damaged' });
  expect(started).toBe(1);
});

import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Health } from '../../../src/api/system-api.ts';
import { openKiosk, type Kiosk } from '../../../src/kiosk/open-kiosk.ts';
import { failing, WatchedFileSystem } from '../../support/watched-file-system.ts';
import { tempFolder } from '../../support/temp-folder.ts';

/** A kiosk on a disk that can be made to fail, and what it has pushed. */
async function openWatched() {
  const fs = new WatchedFileSystem();
  const kiosk = await openKiosk(join(await tempFolder(), 'data'), { fs, onFault: () => undefined });
  onTestFinished(() => kiosk.close());
  const told: string[] = [];
  kiosk.subscribe((topic) => told.push(topic));
  return { fs, kiosk, told };
}

function call(kiosk: Kiosk, operation: string, input: object) {
  return kiosk.dispatch(operation, input, { role: 'admin' });
}

function addPerson(kiosk: Kiosk, name: string) {
  return call(kiosk, 'people.save', { gestureId: crypto.randomUUID(), person: { name } });
}

async function statusOf(kiosk: Kiosk): Promise<Health['status']> {
  const answer = await call(kiosk, 'system.health', {});
  if (!answer.ok) throw new Error(answer.refusal.message.en);
  return (answer.result as Health).status;
}

test('screens are told at once, and once, that a save has failed, and that all is well again', async () => {
  const { fs, kiosk, told } = await openWatched();
  fs.before = failing('datasync', Infinity);
  expect(await addPerson(kiosk, '王建国')).toMatchObject({ ok: false, refusal: { code: 'store-read-only' } });
  expect(told).toEqual(['health']);
  expect(await statusOf(kiosk)).toBe('cannot-save');
  await addPerson(kiosk, '李明朗');
  expect(told).toEqual(['health']);
  const still = { status: 'cannot-save', trouble: { code: 'store-read-only' } };
  expect(await call(kiosk, 'system.resume', {})).toMatchObject({ ok: true, result: still });
  fs.before = () => undefined;
  expect(await call(kiosk, 'system.resume', {})).toMatchObject({ ok: true, result: { status: 'ok' } });
  expect(told.at(-1)).toBe('health');
  expect(await addPerson(kiosk, '王建国')).toMatchObject({ ok: true });
});

test('nobody is told of trouble while a whole store is opened anew: whoever saves waits', async () => {
  const { fs, kiosk } = await openWatched();
  await addPerson(kiosk, '王建国');
  const reached = Promise.withResolvers<void>();
  const goesOn = Promise.withResolvers<void>();
  fs.before = (name) => {
    if (name !== 'list store') return undefined;
    reached.resolve();
    return goesOn.promise;
  };
  const resuming = call(kiosk, 'system.resume', {});
  await reached.promise;
  expect(await statusOf(kiosk)).toBe('ok');
  const waiting = addPerson(kiosk, '李明朗');
  goesOn.resolve();
  expect(await resuming).toMatchObject({ ok: true, result: { status: 'ok' } });
  expect(await waiting).toMatchObject({ ok: true });
});

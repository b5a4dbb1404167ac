import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ReadableStream } from 'node:stream/web';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { CallInput, OperationName, Result } from '../../../src/api/contract.ts';
import type { PhotoImportView } from '../../../src/api/photos-api.ts';
import { openKiosk } from '../../../src/kiosk/open-kiosk.ts';
import { verifyKiosk } from '../../../src/kiosk/verify-kiosk.ts';
import { LEFT_OUT_LIMIT } from '../../../src/api/photos-api.ts';
import { plainJpeg } from '../../support/pictures.ts';
import { openTestKiosk } from '../../support/served-kiosk.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { until } from '../../support/until.ts';

/** A kiosk whose places hold `folders` folders of `files` photos each. */
async function withStick(folders: number, files: number) {
  const stick = await tempFolder();
  useAsPlace(stick);
  const paths = Array.from({ length: folders }, (_, index) => join(stick, `folder-${index}`));
  for (const [index, path] of paths.entries()) {
    mkdirSync(path);
    for (let n = 0; n < files; n++) {
      const colour = `#${((index * 64 + n) * 9 + 1).toString(16).padStart(6, '0')}`;
      writeFileSync(join(path, `${String(n).padStart(3, '0')}.jpg`), await plainJpeg(60, 40, colour));
    }
  }
  const opened = await openTestKiosk();
  const start = async (path: string) =>
    (await opened.asStaff('photos.importFolder', { path, albumName: '2026' })).importId;
  const view = async (importId: string): Promise<PhotoImportView> => {
    const { imports } = await opened.asStaff('photos.imports', {});
    return imports.find((one) => one.importId === importId)!;
  };
  const cancel = (importId: string) => opened.asStaff('photos.cancelImport', { importId });
  const isOver = async (importId: string) =>
    ['done', 'failed', 'cancelled'].includes((await view(importId)).state);
  return { ...opened, paths, start, view, cancel, isOver };
}

/** Names a folder as a place for this test. */
function useAsPlace(folder: string): void {
  const before = process.env.MUSTER_PLACES;
  process.env.MUSTER_PLACES = folder;
  onTestFinished(() => {
    if (before === undefined) delete process.env.MUSTER_PLACES;
    else process.env.MUSTER_PLACES = before;
  });
}

/** The same kiosk after a restart. */
async function openAgain(dataFolder: string) {
  const kiosk = await openKiosk(dataFolder);
  onTestFinished(() => kiosk.close());
  const asStaff = async <Name extends OperationName>(operation: Name, input: CallInput<Name>) => {
    const answer = await kiosk.dispatch(operation, input, { role: 'admin' });
    if (!answer.ok) throw new Error(answer.refusal.message.en);
    return answer.result as Result<Name>;
  };
  const view = async (importId: string) => {
    const { imports } = await asStaff('photos.imports', {});
    return imports.find((one) => one.importId === importId);
  };
  return { kiosk, asStaff, view: view as (importId: string) => Promise<PhotoImportView> };
}

const incoming = (dataFolder: string) => readdirSync(join(dataFolder, 'photos', 'incoming'));

test('a stick that is pulled out in the middle: said in words, what was in stays, nothing half', async () => {
  const { kiosk, dataFolder, paths, start, view, isOver } = await withStick(1, 40);
  const importId = await start(paths[0]!);
  await until(async () => (await view(importId)).done >= 3);
  rmSync(paths[0]!, { recursive: true });
  await until(() => isOver(importId));
  const { state, trouble, added, done, total } = await view(importId);
  expect([state, total]).toEqual(['failed', 40]);
  expect(trouble).toMatchObject({
    en: expect.stringMatching(/not there any more.+stick/),
    zh: expect.stringMatching(/U 盘/),
  });
  expect(done).toBeGreaterThanOrEqual(3);
  expect(done).toBeLessThan(40);
  expect(added).toBe(kiosk.state.photos.size);
  expect(added).toBeGreaterThanOrEqual(3);
  expect(incoming(dataFolder)).toEqual([]);
  await kiosk.close();
  expect(await verifyKiosk(dataFolder)).toMatchObject({ ok: true, photos: added });
});

test('imports run one after the other, the second waits; newest first in the list', async () => {
  const { asStaff, paths, start, view, isOver } = await withStick(3, 4);
  const ids: string[] = [];
  for (const path of paths) ids.push(await start(path));
  const [first, second, third] = ids as [string, string, string];
  const running = new Set<number>();
  while (!(await isOver(third))) {
    const { imports } = await asStaff('photos.imports', {});
    expect(imports.map(({ importId }) => importId)).toEqual([third, second, first]);
    running.add(imports.filter(({ state }) => state === 'running').length);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  expect(Math.max(...running)).toBe(1);
  for (const id of ids) expect(await view(id)).toMatchObject({ state: 'done', done: 4, total: 4, added: 4 });
});

test('one that is cancelled stops after the photo under way, one that waits never begins, the next goes on', async () => {
  const { kiosk, paths, start, view, cancel, isOver } = await withStick(3, 20);
  const [running, waiting, next] = [await start(paths[0]!), await start(paths[1]!), await start(paths[2]!)];
  await until(async () => (await view(running)).done >= 1);
  await cancel(waiting);
  await cancel(running);
  await until(() => isOver(next));
  const [stopped, never, whole] = [await view(running), await view(waiting), await view(next)];
  expect([stopped.state, never.state, whole.state]).toEqual(['cancelled', 'cancelled', 'done']);
  expect(stopped.added).toBeGreaterThanOrEqual(1);
  expect(stopped.added).toBeLessThan(20);
  expect([never.added, whole.added]).toEqual([0, 20]);
  expect(kiosk.state.photos.size).toBe(stopped.added + 20);
});

test('a kiosk that is switched off in the middle keeps what is in, and the next import brings the rest', async () => {
  const { kiosk, dataFolder, paths, start, view } = await withStick(1, 20);
  const importId = await start(paths[0]!);
  await until(async () => (await view(importId)).done >= 2);
  await kiosk.close();
  const verified = await verifyKiosk(dataFolder);
  const again = await openKiosk(dataFolder);
  onTestFinished(() => again.close());
  const kept = again.state.photos.size;
  expect(kept).toBeGreaterThanOrEqual(2);
  expect(verified).toMatchObject({ ok: true, photos: kept });
  const report = await again.importPhotos({ path: paths[0]!, albumName: '2026' });
  expect([report.added, report.doubles, again.state.photos.size]).toEqual([20 - kept, kept, 20]);
});

test('an import that a restart cut off is begun again by itself, and does no work twice', async () => {
  const { kiosk, dataFolder, paths, start, view } = await withStick(2, 12);
  const [running, waiting] = [await start(paths[0]!), await start(paths[1]!)];
  await until(async () => (await view(running)).done >= 2);
  await kiosk.close();
  const again = await openAgain(dataFolder);
  const kept = again.kiosk.state.photos.size;
  expect(await again.view(running)).toMatchObject({ state: 'waiting', resumed: true, done: 0 });
  // A command that only asks something begins nothing.
  await again.kiosk.close();
  const attended = await openAgain(dataFolder);
  attended.kiosk.attend();
  await until(async () => (await attended.view(waiting)).state === 'done');
  const sum = { state: 'done', resumed: true, done: 12, total: 12 };
  expect(await attended.view(running)).toMatchObject({ ...sum, added: 12 - kept, doubles: kept });
  expect(await attended.view(waiting)).toMatchObject({ ...sum, added: 12 });
  await attended.kiosk.close();
  // Nothing is left to do, and there was nothing to read.
  expect((await openAgain(dataFolder)).kiosk.state.photos.size).toBe(24);
  expect(JSON.parse(readFileSync(join(dataFolder, 'photos', 'imports.json'), 'utf8'))).toEqual([]);
});

test('what was left out stays listed over restarts, by name and reason, until somebody has read it', async () => {
  const { kiosk, dataFolder, paths, start, isOver } = await withStick(1, 1);
  writeFileSync(join(paths[0]!, 'notes.txt'), 'these are only notes');
  const importId = await start(paths[0]!);
  await until(() => isOver(importId));
  await kiosk.close();
  const again = await openAgain(dataFolder);
  expect(await again.view(importId)).toMatchObject({
    state: 'done',
    added: 1,
    read: false,
    skipped: [{ file: 'notes.txt', reason: 'not-a-photo', words: { en: 'not a photo' } }],
  });
  await again.asStaff('photos.readImport', { importId });
  expect(await again.view(importId)).toMatchObject({ read: true });
  await again.kiosk.close();
  expect(await (await openAgain(dataFolder)).view(importId)).toBeUndefined();
});

test('an import that is under way cannot be put away as read', async () => {
  const { kiosk, paths, start, view } = await withStick(1, 10);
  const importId = await start(paths[0]!);
  expect((await view(importId)).read).toBe(false);
  expect(await kiosk.dispatch('photos.readImport', { importId }, { role: 'editor' })).toMatchObject({
    ok: false,
    refusal: { code: 'import-under-way' },
  });
});

test('photos that had all arrived from a browser are imported after a restart; a sending that was cut off says so', async () => {
  const { kiosk, dataFolder, asStaff, paths, start, view } = await withStick(1, 8);
  const first = await start(paths[0]!);
  const whole = await asStaff('photos.beginUpload', { albumName: 'sent', files: 1 });
  const cut = await asStaff('photos.beginUpload', { albumName: 'cut', files: 2 });
  for (const { uploadUrl } of [whole, cut]) {
    const body = ReadableStream.from([
      await plainJpeg(70, 40, uploadUrl === cut.uploadUrl ? '#00f' : '#0f0'),
    ]);
    await kiosk.web.uploads.takePhoto(uploadUrl.split('/').at(-1)!, body, 'a.jpg');
  }
  await kiosk.web.uploads.endPhotos(whole.uploadUrl.split('/').at(-1)!);
  await until(async () => (await view(first)).done >= 1);
  await kiosk.close();
  const again = await openAgain(dataFolder);
  const uploads = join(dataFolder, 'photos', 'uploads');
  expect(readdirSync(uploads)).toEqual([whole.importId]);
  expect(await again.view(cut.importId)).toMatchObject({
    state: 'failed',
    trouble: {
      en: expect.stringMatching(/restarted.+send them again/),
      zh: expect.stringMatching(/重新上传/),
    },
  });
  again.kiosk.attend();
  await until(async () => (await again.view(whole.importId)).state === 'done');
  expect(await again.view(whole.importId)).toMatchObject({ added: 1, sent: { arrived: 1, over: true } });
  await until(() => readdirSync(uploads).length === 0);
});

test('a list of imports that is damaged is told, and stops nothing', async () => {
  const { kiosk, dataFolder } = await withStick(1, 1);
  await kiosk.close();
  mkdirSync(join(dataFolder, 'photos'), { recursive: true });
  writeFileSync(join(dataFolder, 'photos', 'imports.json'), '[{"view":');
  const onFault = vi.fn();
  const again = await openKiosk(dataFolder, { onFault });
  onTestFinished(() => again.close());
  expect(onFault).toHaveBeenCalledTimes(1);
  expect((await again.importPhotos({ path: dataFolder, albumName: 'x' })).added).toBe(0);
});

test('a file that was imported is not even read again, unless it has changed', async () => {
  const { kiosk, paths } = await withStick(1, 3);
  const path = paths[0]!;
  const file = join(path, '001.jpg');
  const before = new Date(Date.now() - 60_000);
  for (const name of readdirSync(path)) utimesSync(join(path, name), before, before);
  const importAll = () => kiosk.importPhotos({ path, albumName: '2026' });
  expect(await importAll()).toMatchObject({ added: 3 });
  // Other bytes of the same length under the same time and number: whoever reads them finds no photo.
  writeFileSync(file, Buffer.alloc(statSync(file).size));
  utimesSync(file, before, before);
  expect(await importAll()).toMatchObject({ added: 0, doubles: 3, skipped: [] });
  const later = new Date(before.getTime() + 1);
  utimesSync(file, later, later);
  expect(await importAll()).toMatchObject({ doubles: 2, skipped: [{ file, reason: 'not-a-photo' }] });
});

test('a damaged note of what was seen costs work and nothing else', async () => {
  const { dataFolder, kiosk, paths } = await withStick(1, 2);
  await kiosk.close();
  mkdirSync(join(dataFolder, 'photos'), { recursive: true });
  writeFileSync(join(dataFolder, 'photos', 'seen.json'), '[["only a path"]]');
  const onFault = vi.fn();
  const again = await openKiosk(dataFolder, { onFault });
  onTestFinished(() => again.close());
  expect(await again.importPhotos({ path: paths[0]!, albumName: '2026' })).toMatchObject({ added: 2 });
  expect(onFault).toHaveBeenCalledTimes(1);
});

test('what a browser had sent before the restart is gone after it', async () => {
  const folder = await tempFolder();
  const first = await openKiosk(folder);
  const answer = await first.dispatch('photos.beginUpload', { albumName: 'x' }, { role: 'admin' });
  const { importId } = (answer as { result: { importId: string } }).result;
  const uploads = join(folder, 'photos', 'uploads');
  writeFileSync(join(uploads, importId, 'left.jpg'), 'left over');
  await first.close();
  const second = await openKiosk(folder);
  onTestFinished(() => second.close());
  expect(readdirSync(join(folder, 'photos'))).not.toContain('uploads');
});

test('an upload that nobody sends to for five minutes is over, and what has arrived comes in', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const { kiosk, asStaff } = await openTestKiosk();
  const { uploadUrl } = await asStaff('photos.beginUpload', { albumName: '2026', files: 3 });
  const ticket = uploadUrl.split('/').at(-1)!;
  const view = async () => (await asStaff('photos.imports', {})).imports[0]!;
  vi.advanceTimersByTime(4 * 60_000);
  const photo = ReadableStream.from([await plainJpeg(60, 40)]);
  expect((await kiosk.web.uploads.takePhoto(ticket, photo, 'a.jpg')).ok).toBe(true);
  // A file that stands still is no sign of life, however long it stays.
  const hanging = kiosk.web.uploads.takePhoto(ticket, new ReadableStream(), 'b.jpg');
  vi.advanceTimersByTime(5 * 60_000 - 1);
  expect(await view()).toMatchObject({ state: 'waiting', sent: { arrived: 1, files: 3, over: false } });
  vi.advanceTimersByTime(1);
  vi.useRealTimers();
  expect(await hanging).toMatchObject({ ok: false, kind: 'refused', refusal: { code: 'import-unknown' } });
  await until(async () => (await view()).state === 'done');
  expect(await view()).toMatchObject({ added: 1, skipped: [], sent: { arrived: 1, files: 3, over: true } });
});

test('of many files that are no photos the first ones are listed, and all are counted', async () => {
  const { paths, start, view, isOver } = await withStick(1, 1);
  for (let n = 0; n < LEFT_OUT_LIMIT + 50; n++) writeFileSync(join(paths[0]!, `note-${n}`), 'no photo');
  const importId = await start(paths[0]!);
  await until(() => isOver(importId));
  const { added, leftOut, skipped } = await view(importId);
  expect([added, leftOut, skipped.length]).toEqual([1, LEFT_OUT_LIMIT + 50, LEFT_OUT_LIMIT]);
  expect(skipped[0]).toMatchObject({ file: 'note-0', words: { en: 'not a photo' } });
});

test('screens that ask for news of imports are told that there is some', async () => {
  const { kiosk, paths, start, view } = await withStick(1, 3);
  const told: string[] = [];
  kiosk.subscribe((topic) => told.push(topic));
  const importId = await start(paths[0]!);
  expect(told).toContain('imports');
  await until(async () => (await view(importId)).state === 'done');
  const before = told.length;
  // What is told less often is still told in the end.
  await until(() => told.slice(before).includes('imports'));
  expect(told).toContain('photos');
});

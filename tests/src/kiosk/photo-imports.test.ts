import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ReadableStream } from 'node:stream/web';
import { expect, onTestFinished, test, vi } from 'vitest';
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

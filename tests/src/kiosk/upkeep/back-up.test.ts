import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, rmSync, statfsSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { readManifest } from '../../../../src/backup/read-backup.ts';
import { openKiosk } from '../../../../src/kiosk/open-kiosk.ts';
import { restoreClosed } from '../../../../src/kiosk/upkeep/restore.ts';
import { verifyKiosk } from '../../../../src/kiosk/verify-kiosk.ts';
import { photoFiles } from '../../../../src/photos/photo-files.ts';
import { mountSmallDisk } from '../../../support/small-disk.ts';
import { kioskClock } from '../../../support/kiosk-clock.ts';
import { tempFolder } from '../../../support/temp-folder.ts';
import { until } from '../../../support/until.ts';
import { failing, WatchedFileSystem } from '../../../support/watched-file-system.ts';
import { backUpTo, contentOf, openUpkeepKiosk, untold, type UpkeepKiosk } from './kiosks.ts';

/** What a backup holds once it is restored: the content of the state, and what a check says. */
async function restored(path: string): Promise<{ content: unknown[]; lastSeq: number }> {
  const folder = join(await tempFolder(), 'restored');
  await restoreClosed(folder, path, untold());
  const verified = await verifyKiosk(folder);
  expect(verified).toMatchObject({ ok: true, problems: [] });
  const { counts } = await readManifest(path);
  expect(verified).toMatchObject(counts);
  const kiosk = await openKiosk(folder, { clock: kioskClock() });
  onTestFinished(() => kiosk.close());
  return { content: contentOf(kiosk.state), lastSeq: kiosk.state.lastSeq };
}

describe('a backup', () => {
  test('into a folder of the places gets a name of its own, holds everything, and is remembered', async () => {
    const opened = await openUpkeepKiosk({ photos: 2 });
    const { kiosk, stick, asStaff, signIn, evening } = opened;
    const [before, lastSeq] = [contentOf(kiosk.state), kiosk.state.lastSeq];
    const plan = await asStaff('upkeep.plan', { photos: true });
    const path = await backUpTo(opened);
    expect(path).toBe(join(stick, `muster-${kiosk.gate}-20261122-180000.zip`));
    expect(readdirSync(stick)).toHaveLength(1);
    expect(statSync(path).mode & 0o777).toBe(0o600);

    const manifest = await readManifest(path);
    expect(manifest).toMatchObject({
      gate: kiosk.gate,
      lastSeq,
      madeAt: '2026-11-22T18:00:00.000+08:00',
      photos: true,
      counts: { events: lastSeq, people: 4, visits: 1, photos: 2 },
    });
    // The journal that is gone on with lies beside what the plan saw.
    expect(manifest.files).toHaveLength(plan.files + 1);
    expect(manifest.files.filter(({ name }) => name.startsWith('photos/'))).toHaveLength(6);

    const bytes = statSync(path).size;
    expect((await asStaff('upkeep.state', {})).lastBackup).toEqual({
      path,
      at: '2026-11-22T18:00:00.000+08:00',
      bytes,
      photos: true,
    });
    await signIn(evening.li);
    expect(await restored(path)).toEqual({ content: before, lastSeq });
  });

  test('without photos holds the store only', async () => {
    const opened = await openUpkeepKiosk({ photos: 1 });
    const path = await backUpTo(opened, false);
    const { files, photos, counts } = await readManifest(path);
    expect([photos, counts.photos]).toEqual([false, 1]);
    expect(files.every(({ name }) => name.startsWith('store/'))).toBe(true);
  });

  test('shows in the list of its folder, the newest first, other files left out', async () => {
    const opened = await openUpkeepKiosk();
    const { asStaff, stick, kiosk, clock } = opened;
    writeFileSync(join(stick, 'holiday.zip'), 'no zip at all');
    writeFileSync(join(stick, 'a.jpg'), 'no backup');
    const first = await backUpTo(opened, true, 'first.zip');
    clock.forward(60);
    const second = await backUpTo(opened, false, 'second.zip');
    const { backups } = await asStaff('upkeep.backups', { folder: stick });
    expect(backups.map(({ path, own, photos }) => [path, own, photos])).toEqual([
      [second, true, false],
      [first, true, true],
    ]);
    expect(backups[1]).toMatchObject({
      fileName: 'first.zip',
      bytes: statSync(first).size,
      gate: kiosk.gate,
      kioskName: { en: 'Muster', zh: '集结' },
      counts: { people: 4, visits: 1 },
    });
  });

  test('holds exactly the moment at which it began, whatever is signed in meanwhile', async () => {
    const opened = await openUpkeepKiosk();
    const { asStaff, over, stick, kiosk } = opened;
    const { workId } = await asStaff('upkeep.backup', { folder: stick, photos: true });
    const save = (n: number) =>
      asStaff('slogans.save', {
        gestureId: randomUUID(),
        slogan: { text: { en: `Slogan ${n}`, zh: `标语 ${n}` } },
      });
    let running = true;
    let saved = 0;
    const saving = (async () => {
      while (running) await save(saved++);
    })();
    const { path } = await over(workId);
    running = false;
    await saving;
    expect(saved).toBeGreaterThan(3);
    const { lastSeq } = await readManifest(path!);
    expect(lastSeq).toBeLessThan(kiosk.state.lastSeq);
    const then = await restored(path!);
    expect(then.lastSeq).toBe(lastSeq);
    const seqs = contentOf(kiosk.state).length - then.content.length;
    expect(seqs).toBeGreaterThan(0);
  });

  test('of a kiosk with many events holds a snapshot as new as itself', async () => {
    const opened = await openUpkeepKiosk();
    await Promise.all(
      Array.from({ length: 1000 }, (_, n) =>
        opened.asStaff('slogans.save', {
          gestureId: randomUUID(),
          slogan: { text: { en: `Slogan ${n}`, zh: `标语 ${n}` } },
        }),
      ),
    );
    const [before, lastSeq] = [contentOf(opened.kiosk.state), opened.kiosk.state.lastSeq];
    const path = await backUpTo(opened);
    const { files } = await readManifest(path);
    const seq = String(lastSeq).padStart(12, '0');
    expect(files.map(({ name }) => name)).toContain(`store/snapshot-${seq}.jsonl`);
    expect(await restored(path)).toEqual({ content: before, lastSeq });
  });

  test('twice without anything in between is the same twice', async () => {
    const opened = await openUpkeepKiosk();
    const first = await backUpTo(opened, true, 'a.zip');
    const second = await backUpTo(opened, true, 'b.zip');
    const [a, b] = [await restored(first), await restored(second)];
    // That the first was begun and made is in the second.
    expect(b.lastSeq).toBe(a.lastSeq + 2);
    expect(b.content.filter(isNoGesture)).toEqual(a.content.filter(isNoGesture));
  });
});

describe('after the disk has failed', () => {
  test.each([
    ['once, and events came since', true],
    ['once, and nothing came since', false],
  ])('%s: a backup holds what was confirmed, no more', async (_what, more) => {
    const fs = new WatchedFileSystem();
    const opened = await openUpkeepKiosk({ fs, onFault: () => undefined });
    const { signIn, evening, kiosk, asStaff } = opened;
    fs.before = failing('datasync journal', 2);
    await expect(signIn(evening.li)).rejects.toThrow(/disk failed/);
    await asStaff('system.resume', {});
    if (more) await signIn(evening.chenOfTruss);
    const [before, lastSeq] = [contentOf(kiosk.state), kiosk.state.lastSeq];
    expect(kiosk.state.visits.size).toBe(more ? 2 : 1);
    expect(await restored(await backUpTo(opened))).toEqual({ content: before, lastSeq });
  });
});

describe('refused, and nothing is written', () => {
  test.each<[string, (stick: string) => Record<string, unknown>, string]>([
    ['a folder outside the places', () => ({ folder: '/usr' }), 'place-unknown'],
    ['a path outside the places', () => ({ path: '/usr/muster.zip' }), 'place-unknown'],
    ['a path that climbs out', (stick) => ({ path: join(stick, '..', 'a.zip') }), 'place-unknown'],
    ['a folder that is gone', (stick) => ({ folder: join(stick, 'gone') }), 'folder-unreadable'],
    ['both a folder and a path', (stick) => ({ folder: stick, path: join(stick, 'a.zip') }), 'input-invalid'],
    ['neither', () => ({}), 'input-invalid'],
    ['a file that is there', (stick) => ({ path: join(stick, 'there.zip') }), 'backup-exists'],
    ['a folder of that name', (stick) => ({ path: join(stick, 'folder.zip') }), 'backup-exists'],
  ])('%s', async (_what, where, code) => {
    const { codeOf, stick, asStaff } = await openUpkeepKiosk();
    writeFileSync(join(stick, 'there.zip'), 'a letter');
    mkdirSync(join(stick, 'folder.zip'));
    expect(await codeOf('upkeep.backup', { photos: false, ...where(stick) })).toBe(code);
    expect(readdirSync(stick).sort()).toEqual(['folder.zip', 'there.zip']);
    expect((await asStaff('upkeep.state', {})).ended).toEqual([]);
  });

  test('a disk that is too small, with both sizes', async ({ skip }) => {
    const opened = await openUpkeepKiosk({ photos: 1 });
    const { kiosk, stick } = opened;
    const small = join(stick, 'small');
    mkdirSync(small);
    mountSmallDisk(small, skip);
    inflate(opened, 1024 * 1024);
    const answer = await kiosk.dispatch('upkeep.backup', { folder: small, photos: true }, { role: 'admin' });
    expect(answer).toMatchObject({
      ok: false,
      kind: 'refused',
      refusal: {
        code: 'disk-nearly-full',
        message: { en: expect.stringMatching(/1\.\d MB are needed.*has room for 2\d\d kB/) as string },
      },
    });
    expect(readdirSync(small)).toEqual([]);
  });

  test("what would take the last of the data's own disk, which another disk of that size takes", async ({
    skip,
  }) => {
    const stick = await tempFolder();
    mountSmallDisk(stick, skip);
    const other = await tempFolder();
    mountSmallDisk(other, skip);
    const places = process.env.MUSTER_PLACES;
    onTestFinished(() => void (process.env.MUSTER_PLACES = places));
    process.env.MUSTER_PLACES = `${stick}:${other}`;
    const kiosk = await openKiosk(join(stick, 'data'));
    onTestFinished(() => kiosk.close());
    // A tenth of the data's disk is for what is to come.
    for (const disk of [stick, other]) {
      const { bavail, bsize } = statfsSync(disk);
      writeFileSync(join(disk, 'film'), Buffer.alloc(bavail * bsize - 24 * 1024));
    }
    const into = (folder: string) =>
      kiosk.dispatch('upkeep.backup', { folder, photos: false }, { role: 'admin' });
    expect(await into(stick)).toMatchObject({ ok: false, refusal: { code: 'disk-nearly-full' } });
    expect(await into(other)).toMatchObject({ ok: true });
    await until(() => kiosk.state.backups.size === 1);
  });

  test('a second one while one is under way', async () => {
    const { asStaff, codeOf, over, stick } = await openUpkeepKiosk();
    const { workId } = await asStaff('upkeep.backup', { folder: stick, photos: false });
    expect(await codeOf('upkeep.backup', { path: join(stick, 'b.zip'), photos: false })).toBe('upkeep-busy');
    expect(await codeOf('upkeep.verify', {})).toBe('upkeep-busy');
    expect(await codeOf('upkeep.restore', { path: join(stick, 'b.zip') })).toBe('upkeep-busy');
    await over(workId);
    expect(await codeOf('upkeep.verify', {})).toBe('ok');
  });
});

describe('what is not as it should be', () => {
  test('photos that are gone from the disk are said, and the rest is backed up', async () => {
    const opened = await openUpkeepKiosk({ photos: 2 });
    const { kiosk, dataFolder, asStaff, over, stick } = opened;
    const [photoId] = [...kiosk.state.photos.keys()];
    rmSync(photoFiles(dataFolder).original(photoId!, 'jpg'));
    const { workId } = await asStaff('upkeep.backup', { folder: stick, photos: true });
    const { state, problems, path } = await over(workId);
    expect(state).toBe('done');
    expect(problems.map(({ en }) => en)).toEqual([expect.stringMatching(/^1 files of photos/)]);
    expect((await readManifest(path!)).files.filter(({ name }) => name.includes('photos/'))).toHaveLength(5);
  });

  test('a store with a broken file is backed up as it is, and that is said', async () => {
    const opened = await openUpkeepKiosk();
    const { dataFolder, asStaff, over, stick } = opened;
    writeFileSync(join(dataFolder, 'store', 'snapshot-000000000001.jsonl'), 'broken');
    const { workId } = await asStaff('upkeep.backup', { folder: stick, photos: true });
    const { state, problems } = await over(workId);
    expect(state).toBe('done');
    expect(problems.map(({ en }) => en).join()).toMatch(
      /snapshot-000000000001\.jsonl: its hash does not fit/,
    );
  });

  test('a photo that changes while it is read fails the backup, and nothing is left behind', async () => {
    const opened = await openUpkeepKiosk({ photos: 1 });
    const original = inflate(opened, 300 * 1024 * 1024);
    const { asStaff, over, stick } = opened;
    const { workId } = await asStaff('upkeep.backup', { folder: stick, photos: true });
    await until(async () => ((await asStaff('upkeep.state', {})).current?.done ?? 0) > 0);
    truncateSync(original, 10);
    const { state, words } = await over(workId);
    expect([state, words!.en]).toEqual([
      'failed',
      expect.stringMatching(/changed while the backup was made/),
    ]);
    expect(readdirSync(stick)).toEqual([]);
    expect((await asStaff('upkeep.state', {})).lastBackup).toBeNull();
  });
});

test('stopped in the middle it leaves nothing behind, and the next one may begin', async () => {
  const opened = await openUpkeepKiosk({ photos: 1 });
  inflate(opened, 300 * 1024 * 1024);
  const { asStaff, over, stick } = opened;
  const { workId } = await asStaff('upkeep.backup', { folder: stick, photos: true });
  await until(async () => ((await asStaff('upkeep.state', {})).current?.done ?? 0) > 0);
  const { current } = await asStaff('upkeep.state', {});
  expect(current!.total).toBeGreaterThan(2 * 300 * 1024 * 1024);
  await asStaff('upkeep.cancel', { workId });
  expect(await over(workId)).toMatchObject({ state: 'cancelled' });
  expect(readdirSync(stick)).toEqual([]);
  await backUpTo(opened, false);
});

test('a kiosk that is closed in the middle stops the backup first', async () => {
  const opened = await openUpkeepKiosk({ photos: 1 });
  inflate(opened, 300 * 1024 * 1024);
  const { asStaff, kiosk, stick } = opened;
  await asStaff('upkeep.backup', { folder: stick, photos: true });
  await until(async () => ((await asStaff('upkeep.state', {})).current?.done ?? 0) > 0);
  await kiosk.close();
  expect(readdirSync(stick)).toEqual([]);
});

test('sign-ins are as quick as ever while a large backup runs', async () => {
  const opened = await openUpkeepKiosk({ photos: 1 });
  inflate(opened, 60 * 1024 * 1024);
  const { asStaff, stick, over } = opened;
  const { workId } = await asStaff('upkeep.backup', { folder: stick, photos: true });
  const took: number[] = [];
  while ((await asStaff('upkeep.state', {})).current) {
    const begun = performance.now();
    await asStaff('slogans.save', {
      gestureId: randomUUID(),
      slogan: { text: { en: `${took.length}`, zh: '标语' } },
    });
    took.push(performance.now() - begun);
  }
  expect((await over(workId)).state).toBe('done');
  expect(took.length).toBeGreaterThan(10);
  took.sort((a, b) => a - b);
  expect(took[Math.floor(took.length / 2)]).toBeLessThan(100);
});

function isNoGesture(record: unknown): boolean {
  return (record as { kind: string }).kind !== 'gesture';
}

/** Makes the original of the only photo as large as that on disk; it is a hole, and reads as nothing but zeros. */
function inflate({ kiosk, dataFolder }: UpkeepKiosk, bytes: number): string {
  const [photoId] = [...kiosk.state.photos.keys()];
  const original = photoFiles(dataFolder).original(photoId!, 'jpg');
  truncateSync(original, bytes);
  return original;
}

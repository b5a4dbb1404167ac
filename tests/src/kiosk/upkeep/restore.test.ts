import { randomUUID } from 'node:crypto';
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statfsSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { describe, expect, onTestFinished, test } from 'vitest';
import { ZipFile } from 'yazl';
import { extractBackup } from '../../../../src/backup/extract-backup.ts';
import type { BackupManifest } from '../../../../src/backup/manifest.ts';
import { readManifest } from '../../../../src/backup/read-backup.ts';
import { writeBackup } from '../../../../src/backup/write-backup.ts';
import { openKiosk } from '../../../../src/kiosk/open-kiosk.ts';
import { restoreClosed } from '../../../../src/kiosk/upkeep/restore.ts';
import { verifyKiosk } from '../../../../src/kiosk/verify-kiosk.ts';
import { photoFiles } from '../../../../src/photos/photo-files.ts';
import { openStore } from '../../../../src/store/open-store.ts';
import { kioskClock } from '../../../support/kiosk-clock.ts';
import { plainJpeg } from '../../../support/pictures.ts';
import { mountSmallDisk } from '../../../support/small-disk.ts';
import { tempFolder } from '../../../support/temp-folder.ts';
import { until } from '../../../support/until.ts';
import { backUpTo, contentOf, filesIn, openUpkeepKiosk, untold, type UpkeepKiosk } from './kiosks.ts';

const words = {
  en: expect.stringMatching(/\S/) as string,
  zh: expect.stringMatching(/\p{Script=Han}/u) as string,
};

async function restoreIn({ asStaff, over }: UpkeepKiosk, path: string) {
  const { workId } = await asStaff('upkeep.restore', { path });
  return over(workId);
}

/** A state without what every backup and restore adds to it. */
function remembered(opened: Pick<UpkeepKiosk, 'kiosk'>): unknown[] {
  return contentOf(opened.kiosk.state).filter((record) => (record as { kind: string }).kind !== 'gesture');
}

/** Somebody whose every trace can be looked for. */
async function addSecret({ asStaff }: Pick<UpkeepKiosk, 'asStaff'>): Promise<string> {
  const person = { name: '孙无名氏', staffNo: 'S-90909' };
  return (await asStaff('people.save', { gestureId: randomUUID(), person })).personId;
}

function filesWithSecret(folder: string): string[] {
  return Object.entries(filesIn(folder))
    .filter(([, bytes]) => /孙无名氏|S-90909/.test(Buffer.from(bytes, 'base64').toString()))
    .map(([path]) => path);
}

/** A backup with another store or another list, made of a good one. */
async function madeOver(
  path: string,
  change: { manifest?: (manifest: BackupManifest) => void; store?: (folder: string) => void },
): Promise<string> {
  const folder = await tempFolder();
  const manifest = await extractBackup(path, (name) => join(folder, name));
  change.store?.(join(folder, 'store'));
  change.manifest?.(manifest);
  const { files, ...about } = manifest;
  const target = join(folder, 'changed.zip');
  const sources = files.map(({ name }) => {
    const from = join(folder, name);
    return { name, path: from, size: statSync(from).size };
  });
  await writeBackup(target, about, sources);
  return target;
}

describe('a kiosk that is open', () => {
  test('gets the data of the backup, keeps what was there before, and gives no number twice', async () => {
    const opened = await openUpkeepKiosk();
    const { kiosk, dataFolder, signIn, evening, asStaff } = opened;
    const path = await backUpTo(opened);
    const before = remembered(opened);
    await signIn(evening.li);
    await signIn(evening.chenOfTruss);
    const { lastSeq } = kiosk.state;
    expect(remembered(opened)).not.toEqual(before);

    const work = await restoreIn(opened, path);
    expect(work).toMatchObject({ kind: 'restore', state: 'done', problems: [], path, words });
    expect(remembered(opened)).toEqual(before);
    expect(kiosk.state.lastSeq).toBeGreaterThanOrEqual(lastSeq);
    const kept = join(dataFolder, 'kept', '20261122-180000', 'store');
    expect(work.words!.en).toContain(kept);

    await signIn(evening.chenOfWelding);
    expect(kiosk.state.lastSeq).toBeGreaterThan(lastSeq);
    const after = remembered(opened);
    await asStaff('upkeep.verify', {}).then(({ workId }) => opened.over(workId));
    expect((await asStaff('upkeep.state', {})).ended[0]).toMatchObject({ kind: 'verify', problems: [] });
    await kiosk.close();
    expect(await verifyKiosk(dataFolder)).toMatchObject({ ok: true });
    const again = await openKiosk(dataFolder, { clock: opened.clock });
    onTestFinished(() => again.close());
    expect(again.report).toEqual([]);
    expect(remembered({ kiosk: again })).toEqual(after);

    const old = join(await tempFolder(), 'old');
    cpSync(kept, join(old, 'store'), { recursive: true });
    expect(await verifyKiosk(old)).toMatchObject({ ok: true, visits: 3 });
  });

  test('may be restored again and again, backed up and restored elsewhere afterwards', async () => {
    const opened = await openUpkeepKiosk();
    const { signIn, evening, kiosk } = opened;
    const first = await backUpTo(opened, true, 'first.zip');
    await signIn(evening.li);
    const second = await backUpTo(opened, true, 'second.zip');
    const both = remembered(opened);
    await restoreIn(opened, first);
    await signIn(evening.chenOfTruss);
    await restoreIn(opened, second);
    expect(remembered(opened)).toEqual(both);
    const third = await backUpTo(opened, true, 'third.zip');
    expect([...kiosk.state.backups.keys()]).toEqual([first, second, third]);
    expect(readdirSync(join(opened.dataFolder, 'kept'))).toEqual(['20261122-180000', '20261122-180000-2']);

    const folder = join(await tempFolder(), 'new');
    await restoreClosed(folder, third, untold());
    expect(await verifyKiosk(folder)).toMatchObject({ ok: true });
    const elsewhere = await openKiosk(folder, { clock: opened.clock });
    onTestFinished(() => elsewhere.close());
    expect(remembered({ kiosk: elsewhere })).toEqual(both);
    expect(elsewhere.state.lastSeq).toBeGreaterThan((await readManifest(second)).lastSeq);
  });

  test('sign-ins go on meanwhile: each is in the data before or after, none is lost in between', async () => {
    const opened = await openUpkeepKiosk();
    const { asStaff, over, kiosk } = opened;
    const path = await backUpTo(opened);
    const { workId } = await asStaff('upkeep.restore', { path });
    const told: { id: string; seq: number }[] = [];
    let running = true;
    const saving = (async () => {
      for (let n = 0; running; n++) {
        const text = { en: `Slogan ${n}`, zh: '标语' };
        const { sloganId } = await asStaff('slogans.save', { gestureId: randomUUID(), slogan: { text } });
        told.push({ id: sloganId, seq: kiosk.state.lastSeq });
      }
    })();
    expect((await over(workId)).state).toBe('done');
    const exchangedAt = told.length;
    await until(() => told.length > exchangedAt + 3);
    running = false;
    await saving;
    const there = told.map(({ id }) => kiosk.state.slogans.has(id));
    // Those before the exchange are in the store that is kept, all others are here.
    expect(there.indexOf(true)).toBe(there.lastIndexOf(false) + 1);
    expect(there.lastIndexOf(false)).toBeLessThanOrEqual(exchangedAt);
    const seqs = told.map(({ seq }) => seq);
    expect(seqs).toEqual([...seqs].sort((a, b) => a - b));
    expect(new Set(seqs).size).toBe(seqs.length);
  });

  test('tells every screen to ask again', async () => {
    const opened = await openUpkeepKiosk();
    const path = await backUpTo(opened);
    const heard = new Set<string>();
    opened.kiosk.subscribe((topic) => heard.add(topic));
    await restoreIn(opened, path);
    for (const topic of ['people', 'attendance', 'photos', 'shows']) expect(heard).toContain(topic);
  });

  test('stopped before the exchange it is as it was', async () => {
    const opened = await openUpkeepKiosk({ photos: 1 });
    const { asStaff, over, kiosk, dataFolder } = opened;
    truncateSync(
      photoFiles(dataFolder).original([...kiosk.state.photos.keys()][0]!, 'jpg'),
      100 * 1024 * 1024,
    );
    const path = await backUpTo(opened);
    const before = filesIn(join(dataFolder, 'store'));
    const { workId } = await asStaff('upkeep.restore', { path });
    await until(async () => ((await asStaff('upkeep.state', {})).current?.done ?? 0) > 0);
    await asStaff('upkeep.cancel', { workId });
    expect(await over(workId)).toMatchObject({ state: 'cancelled' });
    expect(filesIn(join(dataFolder, 'store'))).toEqual(before);
    expect(readdirSync(dataFolder)).not.toContain('store.new');
    await opened.signIn(opened.evening.li);
  });

  test('that is damaged is whole again, and no number is given twice', async () => {
    const opened = await openUpkeepKiosk();
    const { kiosk, dataFolder, clock, evening } = opened;
    const path = await backUpTo(opened);
    const content = remembered(opened);
    for (const personId of [evening.li, evening.chenOfTruss]) await opened.signIn(personId);
    const { lastSeq } = kiosk.state;
    await kiosk.close();
    const journal = join(dataFolder, 'store', 'journal-000000000001.jsonl');
    const bytes = readFileSync(journal);
    bytes[bytes.indexOf('王建国')] = 0x21;
    writeFileSync(journal, bytes);

    const broken = await openKiosk(dataFolder, { clock, onFault: () => undefined });
    onTestFinished(() => broken.close());
    const call = async (operation: string, input: unknown) => {
      const answer = await broken.dispatch(operation, input, { role: 'admin' });
      return answer.ok ? answer.result : answer.refusal;
    };
    expect(await call('system.health', {})).toMatchObject({ trouble: { code: 'store-damaged' } });
    expect(await call('upkeep.restore', { path })).toMatchObject({ workId: expect.any(String) as string });
    await until(async () => ((await call('upkeep.state', {})) as { current: unknown }).current === null);
    expect(await call('system.health', {})).toMatchObject({ status: 'ok', trouble: null });
    expect(remembered({ kiosk: broken })).toEqual(content);
    expect(broken.state.lastSeq).toBeGreaterThanOrEqual(lastSeq);
  });

  test('keeps what it knows of its clock and of its backups', async () => {
    const opened = await openUpkeepKiosk();
    const { kiosk, clock, asStaff } = opened;
    const path = await backUpTo(opened, true, 'first.zip');
    const later = await backUpTo(opened, true, 'later.zip');
    const now = clock.now.bind(clock);
    clock.now = () => `2027${now().slice(4)}`;
    await opened.signIn(opened.evening.li);
    const { clockJumps } = await asStaff('system.details', {});
    await asStaff('system.correctClock', {
      gestureId: randomUUID(),
      jumpId: clockJumps[0]!.jumpId,
      right: 'before',
    });
    const { clockShiftMs } = kiosk.state;
    expect(clockShiftMs).not.toBe(0);
    await restoreIn(opened, path);
    expect(kiosk.state.clockShiftMs).toBe(clockShiftMs);
    expect([...kiosk.state.backups.keys()]).toEqual([path, later]);
  });
});

describe('who was erased since', () => {
  test('is not brought back, by no byte of the store; the count of visits holds', async () => {
    const opened = await openUpkeepKiosk();
    const { kiosk, dataFolder, asStaff, over, stick } = opened;
    const personId = await addSecret(opened);
    await opened.signIn(personId);
    const path = await backUpTo(opened);
    // On a stick that is away it cannot be cleared.
    const away = join(await tempFolder(), basename(path));
    renameSync(path, away);
    const { workId } = await asStaff('upkeep.erase', { gestureId: randomUUID(), personIds: [personId] });
    expect((await over(workId)).state).toBe('done');
    expect(filesWithSecret(dataFolder)).toEqual([]);
    renameSync(away, join(stick, 'again.zip'));

    expect(await restoreIn(opened, join(stick, 'again.zip'))).toMatchObject({ state: 'done' });
    expect(kiosk.state.people.get(personId)).toMatchObject({ name: '', erased: true });
    expect(kiosk.state.receipts.has(personId)).toBe(true);
    expect(kiosk.state.visits.size).toBe(2);
    expect(filesWithSecret(dataFolder)).toEqual([]);
    const { workId: verifying } = await asStaff('upkeep.verify', {});
    expect(await over(verifying)).toMatchObject({ problems: [] });

    // A second erasure writes all of it again, the jump of the numbers included.
    const li = opened.evening.li;
    const erasing = await asStaff('upkeep.erase', { gestureId: randomUUID(), personIds: [li] });
    expect((await over(erasing.workId)).state).toBe('done');
    await kiosk.close();
    expect(await verifyKiosk(dataFolder)).toMatchObject({ ok: true, problems: [] });
    const again = await openKiosk(dataFolder, { clock: opened.clock });
    onTestFinished(() => again.close());
    expect(again.state.receipts.size).toBe(2);
  });

  test('goes from every file, though a restore that was cut off has kept nothing', async () => {
    const opened = await openUpkeepKiosk();
    const personId = await addSecret(opened);
    mkdirSync(join(opened.dataFolder, 'kept', '20261122-170000'), { recursive: true });
    const { workId } = await opened.asStaff('upkeep.erase', {
      gestureId: randomUUID(),
      personIds: [personId],
    });
    expect(await opened.over(workId)).toMatchObject({ state: 'done', problems: [] });
    expect(filesWithSecret(opened.dataFolder)).toEqual([]);
  });

  test('stays erased when an older backup comes first, which does not know them', async () => {
    const opened = await openUpkeepKiosk();
    const { kiosk, asStaff, over, stick, dataFolder } = opened;
    const older = await backUpTo(opened, true, 'older.zip');
    const personId = await addSecret(opened);
    const newer = await backUpTo(opened, true, 'newer.zip');
    const away = join(await tempFolder(), 'newer.zip');
    renameSync(newer, away);
    const { workId } = await asStaff('upkeep.erase', { gestureId: randomUUID(), personIds: [personId] });
    await over(workId);
    await restoreIn(opened, older);
    expect(kiosk.state.people.has(personId)).toBe(false);
    renameSync(away, join(stick, 'back.zip'));
    await restoreIn(opened, join(stick, 'back.zip'));
    expect(kiosk.state.people.get(personId)).toMatchObject({ name: '', erased: true });
    expect(filesWithSecret(join(dataFolder, 'store'))).toEqual([]);
  });
});

describe('photos', () => {
  test('that are missing are put back, a changed original is put aside, the others are not touched', async () => {
    const opened = await openUpkeepKiosk({ photos: 3 });
    const { kiosk, dataFolder } = opened;
    const files = photoFiles(dataFolder);
    const path = await backUpTo(opened);
    const photos = filesIn(join(dataFolder, 'photos'));
    const [gone, changed, fine] = [...kiosk.state.photos.keys()] as [string, string, string];
    rmSync(files.original(gone, 'jpg'));
    rmSync(files.rendition(gone, 480));
    writeFileSync(files.original(changed, 'jpg'), 'not what it was');
    utimesSync(files.original(fine, 'jpg'), 1, 1);

    expect(await restoreIn(opened, path)).toMatchObject({ state: 'done', problems: [] });
    const aside = join(dataFolder, 'photos', 'replaced', '20261122-180000', 'photos', 'originals');
    const put = join(aside, changed.slice(0, 2), `${changed}.jpg`);
    expect(readFileSync(put, 'utf8')).toBe('not what it was');
    const after = filesIn(join(dataFolder, 'photos'));
    delete after[put];
    expect(after).toEqual(photos);
    expect(statSync(files.original(fine, 'jpg')).mtimeMs).toBe(1000);
    expect(statSync(files.original(gone, 'jpg')).mode & 0o777).toBe(0o600);
  });

  test('of a later day stay on disk for the store that is kept', async () => {
    const opened = await openUpkeepKiosk();
    const path = await backUpTo(opened);
    const { photos } = await addPhoto(opened);
    await restoreIn(opened, path);
    expect(opened.kiosk.state.photos.size).toBe(0);
    expect(filesIn(join(opened.dataFolder, 'photos'))).toEqual(photos);
  });

  test('that neither the backup nor the disk has are said', async () => {
    const opened = await openUpkeepKiosk({ photos: 1 });
    const path = await backUpTo(opened, false);
    const folder = join(await tempFolder(), 'new');
    const telling = untold();
    await restoreClosed(folder, path, telling);
    expect(telling.problems).toEqual([expect.stringMatching(/^3 files of photos are neither/)]);
  });

  test('without a store are a whole kiosk again', async () => {
    const opened = await openUpkeepKiosk({ photos: 1 });
    const { kiosk, dataFolder } = opened;
    const path = await backUpTo(opened, false);
    const content = remembered(opened);
    await kiosk.close();
    rmSync(join(dataFolder, 'store'), { recursive: true });
    await expect(openKiosk(dataFolder)).rejects.toMatchObject({ code: 'photos-without-store' });
    const telling = untold();
    await restoreClosed(dataFolder, path, telling);
    expect(telling.problems).toEqual([]);
    const again = await openKiosk(dataFolder, { clock: opened.clock });
    onTestFinished(() => again.close());
    expect(remembered({ kiosk: again })).toEqual(content);
  });
});

describe('a kiosk that is closed', () => {
  test('is restored as an open one is: what was there is kept, numbers go on', async () => {
    const opened = await openUpkeepKiosk();
    const { kiosk, dataFolder, signIn, evening } = opened;
    const path = await backUpTo(opened);
    const content = remembered(opened);
    await signIn(evening.li);
    const { lastSeq } = kiosk.state;
    await kiosk.close();
    const { kept } = await restoreClosed(dataFolder, path, untold(), { clock: kioskClock() });
    expect(kept).toBe(join(dataFolder, 'kept', '20261122-180000', 'store'));
    expect(existsSync(join(kept!, 'journal-000000000001.jsonl'))).toBe(true);
    const again = await openKiosk(dataFolder, { clock: opened.clock });
    onTestFinished(() => again.close());
    expect(remembered({ kiosk: again })).toEqual(content);
    expect(again.state.lastSeq).toBeGreaterThanOrEqual(lastSeq);
  });

  test('whose store cannot be read any more gets one; that erased people may be back is said', async () => {
    const opened = await openUpkeepKiosk();
    const { kiosk, dataFolder } = opened;
    const path = await backUpTo(opened);
    const content = remembered(opened);
    const { lastSeq } = kiosk.state;
    await kiosk.close();
    rmSync(join(dataFolder, 'store', 'journal-000000000001.jsonl'));
    await expect(openKiosk(dataFolder)).rejects.toMatchObject({ code: 'store-damaged' });
    const telling = untold();
    await restoreClosed(dataFolder, path, telling);
    expect(telling.problems).toEqual([expect.stringMatching(/erase them again/)]);
    const again = await openKiosk(dataFolder, { clock: opened.clock });
    onTestFinished(() => again.close());
    expect(remembered({ kiosk: again })).toEqual(content);
    expect(again.state.lastSeq).toBeGreaterThan(lastSeq + 100_000);
  });
});

describe('refused with what to do, and not a byte is changed', () => {
  /** A closed kiosk with a photo and a good backup of it, and what its folder holds. */
  async function closedKiosk() {
    const opened = await openUpkeepKiosk();
    const good = await backUpTo(opened);
    await opened.signIn(opened.evening.li);
    await opened.kiosk.close();
    return { ...opened, good, before: filesIn(opened.dataFolder) };
  }

  test.each<[string, string, (good: string) => Promise<string> | string]>([
    ['a file that is not there', 'backup-unreadable', (good) => `${good}.gone`],
    ['a folder', 'backup-unreadable', (good) => join(good, '..')],
    ['a letter', 'backup-damaged', (good) => changedFile(good, () => Buffer.from('Dear organiser,'))],
    ['half a backup', 'backup-damaged', (good) => changedFile(good, (b) => b.subarray(0, b.length / 2))],
    ['all but the last byte', 'backup-damaged', (good) => changedFile(good, (b) => b.subarray(0, -1))],
    ['a backup with another byte in it', 'backup-damaged', (good) => changedFile(good, flipped)],
    [
      'one of a newer version',
      'backup-newer',
      (good) => changedFile(good, (bytes) => bytes, 'muster-backup', 2),
    ],
    [
      'one whose store is of a newer version',
      'store-newer',
      (good) => madeOver(good, { store: (folder) => rewriteHeaders(folder, '"version":1', '"version":2') }),
    ],
    [
      'one whose list says more people than there are',
      'backup-damaged',
      (good) => madeOver(good, { manifest: ({ counts }) => (counts.people += 1) }),
    ],
    [
      'one whose list says another last event',
      'backup-damaged',
      (good) => madeOver(good, { manifest: (manifest) => (manifest.lastSeq += 1) }),
    ],
    [
      'one whose journal is broken inside',
      'backup-damaged',
      (good) => madeOver(good, { store: (folder) => rewriteHeaders(folder, '王建国', '王建图') }),
    ],
  ])('%s: %s', async (_what, code, make) => {
    const { dataFolder, good, before } = await closedKiosk();
    const path = await make(good);
    const error = await restoreClosed(dataFolder, path, untold()).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).toMatchObject({ code, words });
    expect((error as { words: { en: string } }).words.en).toMatch(/[Pp]lease/);
    expect(filesIn(dataFolder)).toEqual(before);
    const empty = join(await tempFolder(), 'empty');
    await expect(restoreClosed(empty, path, untold())).rejects.toMatchObject({ code });
    expect(existsSync(join(empty, 'store'))).toBe(false);
  });

  test("another kiosk's backup; how to look into it all the same works", async () => {
    const { dataFolder, before } = await closedKiosk();
    const other = await openUpkeepKiosk();
    const path = await backUpTo(other);
    await expect(restoreClosed(dataFolder, path, untold())).rejects.toMatchObject({
      code: 'backup-of-another-kiosk',
      words: {
        en: expect.stringContaining('muster restore FILE --data NEWFOLDER') as string,
        zh: expect.stringContaining('muster restore FILE --data NEWFOLDER') as string,
      },
    });
    expect(filesIn(dataFolder)).toEqual(before);
    await restoreClosed(join(await tempFolder(), 'new'), path, untold());
  });

  test('a data folder of a newer version', async () => {
    const { dataFolder, good } = await closedKiosk();
    rewriteHeaders(join(dataFolder, 'store'), '"version":1', '"version":2');
    const before = filesIn(dataFolder);
    await expect(restoreClosed(dataFolder, good, untold())).rejects.toMatchObject({ code: 'store-newer' });
    expect(filesIn(dataFolder)).toEqual(before);
  });

  test('a folder that a kiosk has open, before the backup is read', async () => {
    const opened = await openUpkeepKiosk();
    const before = filesIn(opened.dataFolder);
    await expect(restoreClosed(opened.dataFolder, '/no/such.zip', untold())).rejects.toMatchObject({
      code: 'store-in-use',
    });
    expect(filesIn(opened.dataFolder)).toEqual(before);
  });

  test('more than the disk takes, with both sizes', async ({ skip }) => {
    const { good } = await closedKiosk();
    const disk = await tempFolder();
    mountSmallDisk(disk, skip);
    const { bavail, bsize } = statfsSync(disk);
    writeFileSync(join(disk, 'film'), Buffer.alloc(bavail * bsize - 12 * 1024));
    const folder = join(disk, 'data');
    await expect(restoreClosed(folder, good, untold())).rejects.toMatchObject({
      code: 'disk-nearly-full',
      words: { en: expect.stringMatching(/\d kB are needed, .* has room for 0 kB/) as string, zh: words.zh },
    });
    expect(existsSync(join(folder, 'store'))).toBe(false);
  });

  test('over the contract: what is outside the places, also behind a link, and what shows at a glance', async () => {
    const opened = await openUpkeepKiosk();
    const { codeOf, stick, kiosk, asStaff } = opened;
    const outside = join(await tempFolder(), 'outside.zip');
    cpSync(await backUpTo(opened), outside);
    symlinkSync(outside, join(stick, 'link.zip'));
    writeFileSync(join(stick, 'letter.zip'), 'Dear organiser,');
    const other = await openUpkeepKiosk();
    const foreign = await backUpTo(other);
    process.env.MUSTER_PLACES = `${stick}:${other.stick}`;
    const before = contentOf(kiosk.state);
    expect(await codeOf('upkeep.restore', { path: outside })).toBe('place-unknown');
    expect(await codeOf('upkeep.restore', { path: join(stick, 'link.zip') })).toBe('place-unknown');
    expect(await codeOf('upkeep.restore', { path: join(stick, 'none.zip') })).toBe('backup-unreadable');
    expect(await codeOf('upkeep.restore', { path: join(stick, 'letter.zip') })).toBe('backup-damaged');
    expect(await codeOf('upkeep.restore', { path: foreign })).toBe('backup-of-another-kiosk');
    expect(contentOf(kiosk.state)).toEqual(before);
    expect((await asStaff('upkeep.state', {})).ended.map(({ kind }) => kind)).toEqual(['backup']);
  });
});

test('a backup that turns out to be broken leaves an open kiosk as it was, which goes on', async () => {
  const opened = await openUpkeepKiosk();
  const path = await backUpTo(opened);
  await opened.signIn(opened.evening.li);
  const before = remembered(opened);
  writeFileSync(path, flipped(readFileSync(path)));
  expect(await restoreIn(opened, path)).toMatchObject({ state: 'failed', words });
  expect(remembered(opened)).toEqual(before);
  await opened.signIn(opened.evening.chenOfTruss);
});

test('what an unfinished earlier restore has left is no obstacle', async () => {
  const opened = await openUpkeepKiosk();
  const path = await backUpTo(opened);
  mkdirSync(join(opened.dataFolder, 'store.new'));
  appendFileSync(join(opened.dataFolder, 'store.new', 'journal-000000000001.jsonl'), 'half');
  expect(await restoreIn(opened, path)).toMatchObject({ state: 'done' });
  await opened.kiosk.close();
  const store = await openStore(opened.dataFolder, { restore: () => {}, apply: () => {} });
  expect(store.report).toEqual([]);
  await store.close();
});

async function addPhoto(opened: UpkeepKiosk) {
  const file = join(await tempFolder(), 'new.jpg');
  writeFileSync(file, await plainJpeg(90, 40));
  await opened.kiosk.importPhotos({ path: file, albumName: 'New' });
  return { photos: filesIn(join(opened.dataFolder, 'photos')) };
}

/** A copy of a file with other bytes; or, with a format and version, a backup whose list says those. */
async function changedFile(
  path: string,
  change: (bytes: Buffer) => Buffer,
  format?: string,
  version?: number,
): Promise<string> {
  const copy = join(await tempFolder(), 'changed.zip');
  if (format === undefined) writeFileSync(copy, change(readFileSync(path)));
  else await writeNewer(copy, format, version!);
  return copy;
}

async function writeNewer(path: string, format: string, version: number): Promise<void> {
  const zip = new ZipFile();
  zip.addBuffer(Buffer.from(JSON.stringify({ format, version, new: 'Please' })), 'manifest.json');
  zip.end();
  writeFileSync(path, await buffer(zip.outputStream));
}

/** Another byte in the middle of what is packed. */
function flipped(bytes: Buffer): Buffer {
  const at = Math.floor(bytes.length / 3);
  bytes[at] = bytes[at]! ^ 0x10;
  return bytes;
}

/** Replaces text in every journal file. */
function rewriteHeaders(folder: string, from: string, to: string): void {
  for (const name of readdirSync(folder).filter((one) => one.startsWith('journal-'))) {
    const path = join(folder, name);
    writeFileSync(path, readFileSync(path, 'utf8').replace(from, to));
  }
}

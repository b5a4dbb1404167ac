import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { extractBackup } from '../../../../src/backup/extract-backup.ts';
import { openKiosk } from '../../../../src/kiosk/open-kiosk.ts';
import { segmentName } from '../../../../src/store/journal-format.ts';
import { tempFolder } from '../../../support/temp-folder.ts';
import { failing, WatchedFileSystem } from '../../../support/watched-file-system.ts';
import { backUpTo, filesIn, openUpkeepKiosk, type UpkeepKiosk } from './kiosks.ts';

const SECRET = '赵无忌';
const HOUR = 3600;
const DAY = 24 * HOUR;

async function addSecret({ asStaff }: UpkeepKiosk, name = SECRET): Promise<string> {
  return (await asStaff('people.save', { gestureId: randomUUID(), person: { name } })).personId;
}

function asked(personIds: string[]) {
  return { gestureId: randomUUID(), personIds };
}

async function erase({ asStaff, over }: UpkeepKiosk, personId: string) {
  const { workId } = await asStaff('upkeep.erase', asked([personId]));
  return over(workId);
}

/** The files in which the words stand, by name; of a backup those that it holds. */
async function found(path: string, word = SECRET): Promise<string[]> {
  let folder = path;
  if (path.endsWith('.zip')) {
    folder = await tempFolder();
    await extractBackup(path, (name) => join(folder, name));
  }
  const files = Object.entries(filesIn(folder));
  const holding = files.filter(([, base64]) => Buffer.from(base64, 'base64').includes(word));
  return holding.map(([name]) => basename(name));
}

/** Signs somebody in at a minute at which nothing else happens; when that was. */
async function signInAlone({ clock, signIn, evening, kiosk }: UpkeepKiosk): Promise<string> {
  clock.forward(60);
  await signIn(evening.li);
  clock.forward(60);
  return [...kiosk.state.visits.values()].at(-1)!.signedInAt.slice(0, 23);
}

const toDo = ({ dataFolder }: UpkeepKiosk) => join(dataFolder, 'redact.json');

test('what is refused changes no file, then or later, and ends with the words of the refusal', async () => {
  const opened = await openUpkeepKiosk();
  const { kiosk, asStaff, codeOf, clock } = opened;
  const path = await backUpTo(opened, false);
  const before = await readFile(path);
  const { lastSeq } = kiosk.state;
  expect(await codeOf('upkeep.dropTimes', { gestureId: randomUUID(), before: '2099-01-01' })).toBe(
    'date-in-future',
  );
  expect(await codeOf('upkeep.erase', asked(['nobody']))).toBe('person-unknown');
  expect(existsSync(toDo(opened))).toBe(false);
  const { ended } = await asStaff('upkeep.state', {});
  expect(ended.slice(0, 2)).toMatchObject([
    { kind: 'erase', state: 'failed', words: { en: expect.stringContaining('roster') as string } },
    { kind: 'retention', state: 'failed', words: { en: expect.stringContaining('2099-01-01') as string } },
  ]);
  clock.forward(2 * HOUR);
  await kiosk.upkeep.tick();
  expect((await asStaff('upkeep.state', {})).ended).toHaveLength(ended.length);
  expect(await readFile(path)).toEqual(before);
  expect(kiosk.state.lastSeq).toBe(lastSeq);
});

test('a note that nothing came of is taken away, and nothing is written again', async () => {
  const opened = await openUpkeepKiosk();
  const { kiosk, asStaff } = opened;
  await writeFile(toDo(opened), JSON.stringify({ since: kiosk.state.lastSeq }));
  await kiosk.upkeep.tick();
  expect((await asStaff('upkeep.state', {})).ended).toEqual([]);
  expect(existsSync(toDo(opened))).toBe(false);
});

test('of two erasures at once one is done, and the other is refused before anything is recorded', async () => {
  const opened = await openUpkeepKiosk();
  const { kiosk, dataFolder, asStaff, codeOf, over } = opened;
  const first = await addSecret(opened);
  const second = await addSecret(opened, '钱多多');
  const [{ workId }, code] = await Promise.all([
    asStaff('upkeep.erase', asked([first])),
    codeOf('upkeep.erase', asked([second])),
  ]);
  expect(code).toBe('upkeep-busy');
  expect(await over(workId)).toMatchObject({ state: 'done' });
  expect([...kiosk.state.receipts.keys()]).toEqual([first]);
  expect(await erase(opened, second)).toMatchObject({ state: 'done' });
  expect([...(await found(dataFolder)), ...(await found(dataFolder, '钱多多'))]).toEqual([]);
  expect(existsSync(toDo(opened))).toBe(false);
});

test('who was taken off the roster goes from the store, from backups and from stores that are kept', async () => {
  const opened = await openUpkeepKiosk();
  const { dataFolder, asStaff } = opened;
  const personId = await addSecret(opened);
  await asStaff('people.remove', asked([personId]));
  const path = await backUpTo(opened, false);
  await cp(join(dataFolder, 'store'), join(dataFolder, 'kept', 'before', 'store'), { recursive: true });
  expect((await found(path)).length).toBeGreaterThan(0);
  expect(await erase(opened, personId)).toMatchObject({ state: 'done', problems: [] });
  expect([...(await found(dataFolder)), ...(await found(path))]).toEqual([]);
});

test('a backup of a store that was not written again yet is cleared with it', async () => {
  const fs = new WatchedFileSystem();
  const opened = await openUpkeepKiosk({ fs, onFault: () => undefined });
  const { kiosk, clock } = opened;
  const personId = await addSecret(opened);
  fs.before = failing('makeFolder store.new');
  expect(await erase(opened, personId)).toMatchObject({ state: 'failed' });
  const path = await backUpTo(opened, false);
  expect((await found(path)).length).toBeGreaterThan(0);
  // What failed is left alone for an hour.
  for (let minute = 0; minute < 3; minute++) {
    await kiosk.upkeep.tick();
    clock.forward(60);
  }
  expect((await found(path)).length).toBeGreaterThan(0);
  clock.forward(HOUR);
  await kiosk.upkeep.tick();
  expect([...(await found(path)), ...(await found(opened.dataFolder))]).toEqual([]);
});

test('the order is that of the events: a backup made under a clock that was ahead is cleared', async () => {
  const opened = await openUpkeepKiosk();
  const { kiosk, dataFolder, clock, stick } = opened;
  const personId = await addSecret(opened);
  clock.forward(10 * DAY);
  const path = await backUpTo(opened, false);
  clock.forward(-10 * DAY);
  await rename(path, join(dataFolder, 'away'));
  await rename(stick, `${stick}-away`);
  expect(await erase(opened, personId)).toMatchObject({ problems: [expect.anything()] });
  await rename(`${stick}-away`, stick);
  await rename(join(dataFolder, 'away'), path);
  expect((await opened.asStaff('upkeep.state', {})).backupsToRedact).toEqual([path]);
  clock.forward(HOUR);
  await kiosk.upkeep.tick();
  expect(await found(path)).toEqual([]);
});

test('a backup that a power cut kept from being noted is cleared, too, and so are the copies it left', async () => {
  const opened = await openUpkeepKiosk();
  const { dataFolder, kiosk, stick } = opened;
  const personId = await addSecret(opened);
  const path = await backUpTo(opened, false, 'of-mine.zip');
  await kiosk.close();
  // As if the power was cut before the last event was written.
  const journal = join(
    dataFolder,
    'store',
    (await readdir(join(dataFolder, 'store'))).sort().findLast((name) => name.startsWith('journal-'))!,
  );
  const lines = (await readFile(journal, 'utf8')).trimEnd().split('\n');
  expect(lines.at(-1)).toContain('"backup-made"');
  await writeFile(journal, `${lines.slice(0, -1).join('\n')}\n`);
  await mkdir(join(dataFolder, 'backing-up', 'store'), { recursive: true });
  await writeFile(join(dataFolder, 'backing-up', 'store', segmentName(1)), SECRET);

  const again = await openKiosk(dataFolder, { clock: opened.clock });
  onTestFinished(() => again.close());
  expect([...again.state.backups.keys()]).toEqual([]);
  await writeFile(join(stick, 'of-mine.zip.0123abcd.new'), SECRET);
  expect(await again.dispatch('upkeep.erase', asked([personId]), { role: 'admin' })).toMatchObject({
    ok: true,
  });
  await expect.poll(() => again.upkeep.works.ended).toMatchObject([{ state: 'done', problems: [] }]);
  expect([...(await found(path)), ...(await found(dataFolder)), ...(await found(stick))]).toEqual([]);
});

test('times go from a backup that was away when it is there again, a week after it was made', async () => {
  const opened = await openUpkeepKiosk();
  const { kiosk, asStaff, over, clock, stick } = opened;
  const exact = await signInAlone(opened);
  const path = await backUpTo(opened, false);
  await rename(stick, `${stick}-away`);
  clock.forward(2 * DAY);
  const drop = { gestureId: randomUUID(), before: '2026-11-24' };
  const { workId } = await asStaff('upkeep.dropTimes', drop);
  expect(await over(workId)).toMatchObject({ state: 'done', problems: [expect.anything()] });
  await rename(`${stick}-away`, stick);
  clock.forward(HOUR);
  await kiosk.upkeep.tick();
  expect((await found(path, exact)).length).toBeGreaterThan(0);
  clock.forward(5 * DAY);
  await kiosk.upkeep.tick();
  expect(await found(path, exact)).toEqual([]);
  const { ended } = await asStaff('upkeep.state', {});
  clock.forward(8 * DAY);
  await kiosk.upkeep.tick();
  expect((await asStaff('upkeep.state', {})).ended).toEqual(ended);
});

test('old times do not come back with a backup that is restored', async () => {
  const opened = await openUpkeepKiosk();
  const { kiosk, asStaff, over, clock, stick, dataFolder } = opened;
  const exact = await signInAlone(opened);
  const path = await backUpTo(opened, false);
  await cp(path, join(stick, 'copy.zip'));
  clock.forward(2 * DAY);
  const drop = { gestureId: randomUUID(), before: '2026-11-24' };
  await over((await asStaff('upkeep.dropTimes', drop)).workId);
  const { workId } = await asStaff('upkeep.restore', { path: join(stick, 'copy.zip') });
  expect(await over(workId)).toMatchObject({ state: 'done' });
  expect(await found(dataFolder, exact)).toEqual([]);
  expect(kiosk.state.timesDropped).toMatchObject({ before: '2026-11-24' });
});

test('unfinished copies are removed: of the kiosk’s own backups, and what was unpacked of one', async () => {
  const opened = await openUpkeepKiosk();
  const { kiosk, dataFolder, stick } = opened;
  const path = await backUpTo(opened, false);
  await mkdir(join(dataFolder, 'redacting', 'store'), { recursive: true });
  await writeFile(join(dataFolder, 'redacting', 'store', segmentName(1)), SECRET);
  await kiosk.upkeep.tick();
  expect(existsSync(join(dataFolder, 'redacting'))).toBe(false);

  const own = [`${basename(path)}.0123abcd.redacted`, `${basename(path)}.0123abcd.redacted.4567cdef.new`];
  const daily = `muster-${kiosk.gate}-20261121-220000.zip.0123abcd.new`;
  const others = ['muster-others-20261121-220000.zip.0123abcd.new', 'notes.0123abcd.new'];
  for (const name of [...own, daily, ...others]) await writeFile(join(stick, name), SECRET);
  expect(await erase(opened, await addSecret(opened))).toMatchObject({ state: 'done', problems: [] });
  expect((await readdir(stick)).sort()).toEqual([basename(path), ...others].sort());
});

test('stores that are kept: empty ones go, a cut-off exchange is ended, a newer one stays and is named', async () => {
  const opened = await openUpkeepKiosk();
  const { dataFolder } = opened;
  const personId = await addSecret(opened);
  const kept = (name: string) => join(dataFolder, 'kept', name);
  await mkdir(kept('empty'), { recursive: true });
  await cp(join(dataFolder, 'store'), join(kept('cut-off'), 'store.ready'), { recursive: true });
  await cp(join(dataFolder, 'store'), join(kept('newer'), 'store'), { recursive: true });
  const newer = '{"format":"muster-journal","version":2}\n';
  await writeFile(join(kept('newer'), 'store', segmentName(1)), newer);
  const { state, problems } = await erase(opened, personId);
  expect(state).toBe('done');
  expect(problems.map(({ en }) => en)).toEqual([expect.stringMatching(/^kept\/newer .*newer version/)]);
  expect((await readdir(join(dataFolder, 'kept'))).sort()).toEqual(['cut-off', 'newer']);
  expect(await readdir(kept('cut-off'))).toEqual(['store']);
  expect(await readFile(join(kept('newer'), 'store', segmentName(1)), 'utf8')).toBe(newer);
  expect(await found(kept('cut-off'))).toEqual([]);
});

test('a kept store that nobody can read stays where times are dropped, and goes where somebody is erased', async () => {
  const opened = await openUpkeepKiosk();
  const { asStaff, over, clock, dataFolder } = opened;
  const kept = join(dataFolder, 'kept', 'damaged');
  await cp(join(dataFolder, 'store'), join(kept, 'store'), { recursive: true });
  await writeFile(join(kept, 'store', segmentName(1)), 'nothing of a journal\n'.repeat(50));
  const before = filesIn(kept);
  clock.forward(2 * DAY);
  const drop = { gestureId: randomUUID(), before: '2026-11-24' };
  const { workId } = await asStaff('upkeep.dropTimes', drop);
  const named = [{ en: expect.stringContaining('kept/damaged') as string }];
  expect(await over(workId)).toMatchObject({ state: 'done', problems: named });
  expect(filesIn(kept)).toEqual(before);
  expect(await erase(opened, await addSecret(opened))).toMatchObject({ state: 'done', problems: named });
  expect(existsSync(kept)).toBe(false);
});

test('a backup that cannot be written again is named with the reason', async () => {
  const opened = await openUpkeepKiosk();
  const path = await backUpTo(opened, false);
  await rm(path);
  await mkdir(path);
  const { problems } = await erase(opened, await addSecret(opened));
  expect(problems.map(({ en }) => en)).toEqual([
    expect.stringMatching(new RegExp(`^${path} still holds .*: The backup .* cannot be read: it is no file`)),
  ]);
});

test('through a link each backup is written again once; a folder that is away stops nothing', async () => {
  const opened = await openUpkeepKiosk();
  const { asStaff, dataFolder, stick } = opened;
  const personId = await addSecret(opened);
  const path = await backUpTo(opened, false);
  const link = join(dirname(dataFolder), 'link');
  await symlink(stick, link);
  const daily = (folder: string) =>
    asStaff('settings.save', {
      gestureId: randomUUID(),
      settings: { backup: { folder, hour: 22, photos: false } },
    });
  process.env.MUSTER_PLACES = `${stick}:${link}`;
  await daily(link);
  const first = await erase(opened, personId);
  expect(first).toMatchObject({
    problems: [],
    words: { en: expect.stringContaining('again: 1.') as string },
  });
  await rm(link);
  const second = await erase(opened, await addSecret(opened));
  expect(second.problems.map(({ en }) => en)).toEqual([expect.stringContaining(link)]);
  expect(await found(path)).toEqual([]);
});

test('a disk that is nearly full is told, and what is to be done is done when there is room', async () => {
  const fs = new WatchedFileSystem();
  const opened = await openUpkeepKiosk({ fs });
  const { kiosk, clock, dataFolder } = opened;
  const personId = await addSecret(opened);
  const space = fs.space.bind(fs);
  fs.space = async (path) => ({ free: 1000, total: (await space(path)).total });
  const work = await erase(opened, personId);
  expect(work).toMatchObject({
    state: 'failed',
    words: { en: expect.stringContaining('nearly full') as string },
  });
  expect((await found(dataFolder)).length).toBeGreaterThan(0);
  fs.space = space;
  await kiosk.upkeep.tick();
  clock.forward(HOUR);
  await kiosk.upkeep.tick();
  expect(await found(dataFolder)).toEqual([]);
});

import { randomUUID } from 'node:crypto';
import { cp, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { writeBackup } from '../../../../src/backup/write-backup.ts';
import type { Command } from '../../../../src/domain/command.ts';
import { snapshotRecords } from '../../../../src/domain/snapshot.ts';
import { Ledger } from '../../../../src/kiosk/ledger.ts';
import { redactEverywhere, type Extent } from '../../../../src/kiosk/upkeep/redact-everywhere.ts';
import { readStore } from '../../../../src/kiosk/upkeep/redact-store.ts';
import { verifyKiosk } from '../../../../src/kiosk/verify-kiosk.ts';
import { nodeFileSystem } from '../../../../src/store/node-file-system.ts';
import { extractBackup } from '../../../../src/backup/extract-backup.ts';
import { kioskClock, type KioskClock } from '../../../support/kiosk-clock.ts';
import { tempFolder } from '../../../support/temp-folder.ts';
import { untold } from './kiosks.ts';

const fs = nodeFileSystem;

let data: string;
let clock: KioskClock;
let ledger: Ledger;

beforeEach(async () => {
  data = join(await tempFolder(), 'data');
  clock = kioskClock();
  ledger = await open();
});

function open(): Promise<Ledger> {
  const listeners = {
    onEvent: () => {},
    onReplaced: () => {},
    onFault: (error: unknown) => {
      throw error;
    },
  };
  return Ledger.open(data, clock, listeners);
}

function run<Answer>(command: Command): Promise<Answer> {
  return ledger.run<Answer>(command, { gestureId: randomUUID(), ...command }, 'admin');
}

/** An evening with somebody who is renamed, leads a post, is entered by staff with a reason, and signs in. */
async function evening(): Promise<{ activityId: string; zhao: string; qian: string }> {
  const person = async (name: string, staffNo: string) =>
    (await run<{ personId: string }>({ type: 'save-person', person: { name, staffNo, team: '早班' } }))
      .personId;
  const zhao = await person('赵无忌', 'S-70001');
  const qian = await person('钱多多', 'S-70002');
  const { activityId } = await run<{ activityId: string }>({
    type: 'save-activity',
    activity: {
      title: { en: 'Evening', zh: '活动' },
      place: { en: 'Hall', zh: '车间' },
      schedule: { kind: 'daily', start: '18:00', end: '20:00' },
      posts: [{ name: { en: 'Welding', zh: '焊接' }, wanted: 2, leaderId: zhao }],
    },
  });
  await run({ type: 'sign-in', activityId, personId: zhao });
  await ledger.snapshot();
  const { visitId } = await run<{ visitId: string }>({ type: 'sign-in', activityId, personId: qian });
  await run({ type: 'void-visit', visitId, reason: '钱多多 went home' });
  await run({ type: 'save-person', person: { personId: zhao, name: '赵不忌' } });
  await ledger.snapshot();
  clock.forward(60);
  await run({ type: 'add-visit', activityId, personId: qian, reason: 'was here all the time' });
  return { activityId, zhao, qian };
}

/** How often the words are found in any byte of the folder, by file. */
async function found(folder: string, words: string[]): Promise<string[]> {
  const hits: string[] = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const bytes = await readFile(path);
    for (const word of words) if (bytes.includes(word)) hits.push(`${entry.name}: ${word}`);
  }
  return hits;
}

function stateOf({ state }: { state: Ledger['state'] }): unknown[] {
  return [state.lastSeq, ...snapshotRecords(state)];
}

const ERASING: Extent = { erasing: true, allBackups: true };
const DROPPING: Extent = { erasing: false, allBackups: true };

/** What became of backups, and what was told. */
async function redact(extent: Extent) {
  const telling = untold();
  const redacted = await redactEverywhere({ fs, dataFolder: data, ledger, clock }, extent, telling);
  return { ...redacted, problems: telling.problems };
}

const ZHAO = ['赵无忌', '赵不忌', 'S-70001'];

/** The store as it is now as a backup at `path`, taken while nothing is open. */
async function backUp(path: string): Promise<void> {
  const store = join(data, 'store');
  const names = (await readdir(store)).filter((name) => /^(journal|snapshot)-\d+\.jsonl$/.test(name));
  const files = names.map(async (name) => {
    const from = join(store, name);
    return { name: `store/${name}`, path: from, size: (await stat(from)).size };
  });
  const { state, gate } = await readStore(fs, store);
  const about = {
    format: 'muster-backup' as const,
    version: 1 as const,
    gate,
    lastSeq: state.lastSeq,
    madeAt: clock.now(),
    kioskName: { en: 'Muster', zh: '集结' },
    photos: false,
    counts: { events: state.lastSeq, people: state.people.size, visits: state.visits.size, photos: 0 },
  };
  const { size } = await writeBackup(path, about, await Promise.all(files));
  await ledger.note({
    type: 'note-backup',
    path,
    bytes: size,
    photos: false,
    lastSeq: state.lastSeq,
    dropped: [],
  });
}

test('who is erased is found in no byte of the store, of kept ones and of backups, and every count holds', async () => {
  const { zhao, qian } = await evening();
  await ledger.close();
  await cp(join(data, 'store'), join(data, 'kept', 'before', 'store'), { recursive: true });
  await writeFile(join(data, 'store', 'journal-000000000001.jsonl.broken'), '赵无忌');
  await mkdir(join(data, 'store', 'damaged'));
  await writeFile(join(data, 'store', 'damaged', 'journal-000000000001.jsonl'), '赵无忌');
  ledger = await open();
  const usb = await tempFolder();
  await backUp(join(usb, 'one.zip'));
  expect((await found(data, ZHAO)).length).toBeGreaterThan(5);

  const visits = ledger.state.visits.size;
  await run({ type: 'erase-people', personIds: [zhao] });
  expect(await redact(ERASING)).toEqual({ backups: [join(usb, 'one.zip')], notCleared: [], problems: [] });

  expect(await found(data, ZHAO)).toEqual([]);
  const unpacked = await tempFolder();
  await extractBackup(join(usb, 'one.zip'), (name) => join(unpacked, name));
  expect(await found(unpacked, ZHAO)).toEqual([]);
  expect((await found(unpacked, ['钱多多'])).length).toBeGreaterThan(0);
  expect(await readdir(usb)).toEqual(['one.zip']);

  expect(ledger.state.visits.size).toBe(visits);
  expect(ledger.state.people.get(qian)?.name).toBe('钱多多');
  await run({ type: 'save-person', person: { name: '孙行者' } });
  const before = stateOf(ledger);
  await ledger.close();
  expect(await verifyKiosk(data)).toMatchObject({ ok: true, visits });
  ledger = await open();
  expect(stateOf(ledger)).toEqual(before);
  await ledger.close();
});

test('old times are found in no byte any more, and the days of visits stay', async () => {
  await evening();
  const exact = clock.now().slice(0, 16);
  clock.forward(3 * 24 * 3600);
  expect((await found(data, [exact])).length).toBeGreaterThan(0);
  await run({ type: 'drop-times', before: '2026-11-25' });
  await redact(DROPPING);
  // When the roster was typed in says nothing about anybody's visit.
  const visits = [...ledger.state.visits.values()];
  expect(visits.map(({ signedInAt }) => signedInAt)).toEqual(Array(3).fill('2026-11-22T00:00:00.000+08:00'));
  const lines = (await found(data, ['"type":"visit-signed-in"', 'was here'])).length;
  expect(lines).toBeGreaterThan(0);
  expect(await found(data, ['was here', 'went home'])).toEqual([]);
  const before = stateOf(ledger);
  await ledger.close();
  expect(await verifyKiosk(data)).toMatchObject({ ok: true });
  ledger = await open();
  expect(stateOf(ledger)).toEqual(before);
  await ledger.close();
});

test('a backup on a stick that is away is named, and one that somebody removed is not', async () => {
  const { zhao } = await evening();
  const usb = await tempFolder();
  await backUp(join(usb, 'here.zip'));
  for (const path of [join(usb, 'removed.zip'), join(usb, 'away', 'gone.zip')]) {
    await ledger.note({ type: 'note-backup', path, bytes: 1, photos: false, lastSeq: 1, dropped: [] });
  }
  await writeFile(join(usb, 'broken.zip'), 'PK');
  await ledger.note({
    type: 'note-backup',
    path: join(usb, 'broken.zip'),
    bytes: 1,
    photos: false,
    lastSeq: 1,
    dropped: [],
  });
  await run({ type: 'erase-people', personIds: [zhao] });
  const { backups, notCleared, problems } = await redact(ERASING);
  expect(backups).toEqual([join(usb, 'here.zip')]);
  expect(notCleared.sort()).toEqual([join(usb, 'away', 'gone.zip'), join(usb, 'broken.zip')]);
  expect(problems.sort()).toEqual([
    expect.stringMatching(/gone\.zip still holds .*: .*no such file/),
    expect.stringMatching(/broken\.zip still holds .*: .*no backup/),
  ]);
  await ledger.close();
});

test('somebody who signs in while the store is written again waits, and is not lost', async () => {
  const { activityId, zhao } = await evening();
  const { personId } = await run<{ personId: string }>({ type: 'save-person', person: { name: '李四' } });
  await run({ type: 'erase-people', personIds: [zhao] });
  const redacting = redact(ERASING);
  const [{ visitId }] = await Promise.all([
    run<{ visitId: string }>({ type: 'sign-in', activityId, personId }),
    redacting,
  ]);
  expect(ledger.state.visits.get(visitId)?.personId).toBe(personId);
  await ledger.close();
  ledger = await open();
  expect(ledger.state.visits.get(visitId)?.personId).toBe(personId);
  await ledger.close();
});

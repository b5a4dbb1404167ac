import { cpSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { emptyState } from '../../src/domain/state.ts';
import { foldInto } from '../../src/kiosk/ledger.ts';
import {
  FORMAT_VERSION,
  seqInName,
  type JournalRecord,
  type SegmentHeader,
} from '../../src/store/journal-format.ts';
import { Journal } from '../../src/store/journal.ts';
import { nodeFileSystem } from '../../src/store/node-file-system.ts';
import { openStore } from '../../src/store/open-store.ts';
import { CHAIN_START, decodeLine, encodeLine, linesOf } from '../../src/store/record.ts';
import { createSegment } from '../../src/store/segment.ts';
import { readSnapshot, writeSnapshot } from '../../src/store/snapshot-file.ts';
import { verifyStore } from '../../src/store/verify-store.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { failing, WatchedFileSystem } from '../support/watched-file-system.ts';
import { plainState } from './plain-state.ts';

/*
 * The format is frozen: kiosks out there hold stores like the one in store-v1, which `write-store-v1.ts` made, and this
 * version has to read them for good. Where a test fails, undo what changed the format. Where it must change: raise
 * FORMAT_VERSION, keep reading version 1 with these files as they are, and put the first store of the new version
 * beside them as store-v2.
 */

const GOLDEN = join(import.meta.dirname, 'store-v1');
const STORE = join(GOLDEN, 'store');
const NAMES = readdirSync(STORE).sort();
const SEGMENTS = NAMES.filter((name) => seqInName(name, 'journal') !== undefined);
const SNAPSHOT = NAMES.find((name) => seqInName(name, 'snapshot') !== undefined)!;
const LAST = SEGMENTS.at(-1)!;

const bytesOf = (name: string, folder = STORE) => readFileSync(join(folder, name));

/** What a start makes of a copy of the store, once `change` was done to it. */
async function openCopy(change: (store: string) => void = () => {}) {
  const folder = await tempFolder();
  const store = join(folder, 'store');
  cpSync(STORE, store, { recursive: true });
  change(store);
  const state = emptyState();
  const opened = await openStore(folder, foldInto(state, folder));
  state.lastSeq = opened.lastSeq;
  const { report, failed } = opened;
  await opened.close();
  return { state, report, failed, store };
}

const known = JSON.parse(readFileSync(join(GOLDEN, 'state.json'), 'utf8')) as { lastSeq: number };

describe('a store that version 1 has written', () => {
  test.each<[string, (store: string) => void]>([
    ['as it is', () => {}],
    ['from its journal alone', (store) => rmSync(join(store, SNAPSHOT))],
  ])('folds to the state it had, %s', async (_, change) => {
    const { state, report, failed } = await openCopy(change);
    expect([report, failed]).toEqual([[], undefined]);
    // Later versions may know more about the same things, but nothing less or else.
    expect(plainState(state)).toMatchObject(known);
  });

  test('power loss: opens with the torn tail that it has left, and loses nothing else', async () => {
    const torn = bytesOf(LAST, join(GOLDEN, 'torn'));
    const { state, report, store } = await openCopy((folder) =>
      cpSync(join(GOLDEN, 'torn', LAST), join(folder, LAST)),
    );
    expect(report).toHaveLength(1);
    expect(plainState(state)).toMatchObject(known);
    expect(bytesOf(LAST, store)).toEqual(bytesOf(LAST));
    const cut = torn.subarray(bytesOf(LAST).length);
    expect(cut.length).toBeGreaterThan(0);
    expect(bytesOf(`${LAST}.broken`, store)).toEqual(cut);
  });

  test('is left as it is by a start, but for what is appended', async () => {
    const { store } = await openCopy();
    for (const name of NAMES) expect(bytesOf(name, store), name).toEqual(bytesOf(name));
    expect(readdirSync(store).sort()).toEqual(NAMES);
  });

  test('checks', async () => {
    expect(await verifyStore(nodeFileSystem, STORE)).toEqual({
      events: known.lastSeq,
      snapshots: 1,
      problems: [],
    });
  });
});

/** The lines of a segment: its header, and its events with the checksum before the first of them. */
function decoded(name: string): { header: SegmentHeader; records: JournalRecord[] } {
  const records: unknown[] = [];
  let chain: string = CHAIN_START;
  for (const { line } of linesOf(bytesOf(name))) {
    const one = decodeLine(line, chain)!;
    records.push(one.record);
    chain = one.chain;
  }
  const [header, ...events] = records;
  return { header: header as SegmentHeader, records: events as JournalRecord[] };
}

describe('this version writes what version 1 has written', () => {
  test('version 1 is the version of the format', () => expect(FORMAT_VERSION).toBe(1));

  test.each(SEGMENTS)('the lines of %s, byte for byte', (name) => {
    const { header, records } = decoded(name);
    const lines: Buffer[] = [];
    let chain: string = CHAIN_START;
    for (const record of [header, ...records]) {
      const encoded = encodeLine(record, chain);
      lines.push(encoded.line);
      chain = encoded.chain;
    }
    expect(Buffer.concat(lines).toString()).toBe(bytesOf(name).toString());
  });

  test('the journal, for the same events, a rotation and a sync that fails', async () => {
    const folder = await tempFolder();
    const fs = new WatchedFileSystem();
    const [first, second, third] = SEGMENTS.map(decoded);
    const { gate } = first!.header;
    const { run } = first!.records[0]!;
    const segment = await createSegment(fs, folder, { lastSeq: 0, chain: CHAIN_START }, gate);
    const journal = new Journal({ fs, folder, gate, run, makeRoom: () => Promise.resolve(false) }, segment);
    for (const record of first!.records) await journal.append(record);
    await journal.rotate();
    // What the third segment holds first was also written to the second, in one piece, and its sync failed there.
    const { firstSeq } = third!.header;
    const confirmed = second!.records.filter(({ seq }) => seq < firstSeq);
    const unconfirmed = second!.records.filter(({ seq }) => seq >= firstSeq);
    for (const record of confirmed.slice(0, -1)) await journal.append(record);
    const failed = new Promise((resolve) => {
      fs.before = (call) => {
        if (!call.startsWith('datasync')) return;
        fs.before = failing('datasync journal-');
        resolve(Promise.all(unconfirmed.map((record) => journal.append(record))));
      };
    });
    await journal.append(confirmed.at(-1)!);
    await failed;
    for (const record of third!.records.slice(unconfirmed.length)) await journal.append(record);
    await journal.close();
    for (const name of SEGMENTS) {
      expect(bytesOf(name, folder).toString(), name).toBe(bytesOf(name).toString());
    }
    expect(readdirSync(folder).sort()).toEqual(SEGMENTS);
  });

  test('the snapshot, for the same records', async () => {
    const folder = await tempFolder();
    const { gate, position, records } = readSnapshot(bytesOf(SNAPSHOT))!;
    await writeSnapshot(nodeFileSystem, folder, gate, position, records);
    expect(bytesOf(SNAPSHOT, folder).toString()).toBe(bytesOf(SNAPSHOT).toString());
  });
});

/*
 * A kiosk that is there to be killed: it starts on the folder, signs people in, writes snapshots and starts again, for
 * ever, and says on stdout what it does before and after it does it.
 *
 *   node kill-child.ts FOLDER UNKNOWN NEXT      attempts from UNKNOWN on are said when they are shown; NEXT is given next
 *
 *   ready          it is about to start
 *   = N SEQ        the event of attempt N is confirmed under that number, or shown after a start
 *   open           all that is shown after a start has been said
 *   + N            attempt N is being given to the store
 *   snapshot       a snapshot is being written
 */
import { writeSync } from 'node:fs';
import type { JournalRecord } from '../../../src/store/journal-format.ts';
import { openStore, type Store } from '../../../src/store/open-store.ts';
import { keepIn } from './day.ts';
import { entryOf, numberIn, TEXT } from './told.ts';

const [folder, unknown] = [process.argv[2]!, Number(process.argv[3])];
let next = Number(process.argv[4]);

for (;;) {
  say('ready');
  const events: JournalRecord[] = [];
  const store = await openStore(folder, keepIn(events));
  const shown = events.filter((event) => numberIn(event) >= unknown);
  say(...shown.map((event) => `= ${numberIn(event)} ${event.seq}`), 'open');
  for (let turn = 0; turn < 6; turn++) {
    await Promise.all(Array.from({ length: 1 + ((turn * 7) % 20) }, () => append(store, events)));
    if (turn % 3 === 1) await snapshot(store, events);
  }
  await store.close();
}

async function append(store: Store, events: JournalRecord[]): Promise<void> {
  const n = next++;
  say(`+ ${n}`);
  const record = await store.append(entryOf(n, TEXT));
  say(`= ${n} ${record.seq}`);
  events.push(record);
}

async function snapshot(store: Store, events: JournalRecord[]): Promise<void> {
  const rotated = store.rotate();
  const appended = append(store, events);
  const at = await rotated;
  const until = events.filter(({ seq }) => seq <= at.lastSeq);
  say('snapshot');
  await store.snapshot(at, () => until);
  await appended;
}

/** Told before anything else is done: a pipe keeps it, whoever is killed. */
function say(...lines: string[]): void {
  writeSync(1, lines.map((line) => `${line}\n`).join(''));
}

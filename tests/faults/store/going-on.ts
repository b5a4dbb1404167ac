import { basename } from 'node:path/posix';
import type { JournalRecord } from '../../../src/store/journal-format.ts';
import { openStore, type Store } from '../../../src/store/open-store.ts';
import { MemoryFileSystem, type Image } from '../../support/memory-file-system.ts';
import { crashStates } from './crash-states.ts';
import { watchChanges } from './crashes.ts';
import { wholeStore } from './damage.ts';
import { DATA, keepIn } from './day.ts';
import type { Tally, Verdict } from './tally.ts';
import { doublesIn, entryOf, numberIn } from './told.ts';

/** What says that it went on: an attempt beyond all that the small store was ever given. */
const NOTE = 1000;

/**
 * Damages a small store so that it is only shown, lets it go on without what is broken, and cuts the power behind every
 * change of the disk meanwhile: it is either still as it was, to be decided again, or has gone on, and nothing that was
 * to be seen is gone.
 */
export async function goOnWithout(tally: Tally): Promise<void> {
  const whole = await wholeStore();
  for (const [name, image] of damagesOf(whole.image)) {
    const fs = MemoryFileSystem.of(image);
    const { store, events } = await open(fs);
    if (!store.damage) {
      await store.close();
      continue;
    }
    const moments = watchChanges(fs);
    const { seq } = await store.goOn(entryOf(NOTE), () => events);
    const acknowledged = moments.length;
    await store.append(entryOf(NOTE + 1));
    await store.close();
    if (seq <= whole.told.attempts.length) tally.add(name, fault(`the number ${seq} is given twice`));
    const seen = events.map(numberIn);
    for (const [index, { change, moment }] of moments.entries()) {
      const wanted = index + 1 < acknowledged ? seen : [...seen, NOTE];
      for (const { kind, image } of crashStates(moment, true)) {
        tally.count('power cut while going on without what is damaged');
        tally.add(`${name}, ${change}, ${kind}`, await look(image, seen, wanted));
      }
    }
  }
}

/** Each line of each journal file spoilt, and each journal file gone. */
function* damagesOf(image: Image): Generator<[string, Image]> {
  for (const [path, bytes] of image) {
    if (!bytes || !basename(path).startsWith('journal-')) continue;
    for (let start = 0; start < bytes.length; start = bytes.indexOf(10, start) + 1) {
      const spoilt = Buffer.from(bytes).fill('?', start + 20, start + 24);
      yield [`${basename(path)} spoilt at byte ${start}`, new Map([...image, [path, spoilt]])];
    }
    yield [`${basename(path)} gone`, new Map([...image].filter(([other]) => other !== path))];
  }
}

async function open(fs: MemoryFileSystem): Promise<{ store: Store; events: JournalRecord[] }> {
  const events: JournalRecord[] = [];
  return { store: await openStore(DATA, keepIn(events), { fs }), events };
}

/** Is all there that was to be seen, and has it gone on where `wanted` says more than was seen? */
async function look(image: Image, seen: number[], wanted: number[]): Promise<Verdict> {
  const { store, events } = await open(MemoryFileSystem.of(image));
  await store.close();
  const found = new Set(events.map(numberIn));
  const stopped = wanted.length > seen.length ? store.failed?.message : undefined;
  const lost = wanted.filter((n) => !found.has(n)).length;
  return { lost, doubled: doublesIn(events), silent: 0, stopped, faults: [] };
}

function fault(words: string): Verdict {
  return { lost: 0, doubled: 0, silent: 0, faults: [words] };
}

import { basename } from 'node:path/posix';
import { Problem } from '../../../src/domain/problem.ts';
import type { JournalRecord } from '../../../src/store/journal-format.ts';
import { openStore, type Store } from '../../../src/store/open-store.ts';
import { MemoryFileSystem, type Image } from '../../support/memory-file-system.ts';
import { keyOf, syncedOnly } from './crash-states.ts';
import { DATA, Day, keepIn } from './day.ts';
import { filesIn } from './judge.ts';
import type { Tally, Verdict } from './tally.ts';
import { doublesIn, isSame, numberIn, Told } from './told.ts';

/** A store with two snapshots and the journal around them, all of it confirmed. */
export interface Whole {
  image: Image;
  told: Told;
}

/** One damage of one file; undefined bytes where the file is gone. */
interface Damaged {
  kind: string;
  path: string;
  bytes: Buffer | undefined;
  /** Events that one such damage may make unreadable at most. */
  costs: number;
  /** The journal ends earlier, at a line's end: nothing on the disk shows that there was more. */
  leavesNoTrace: boolean;
}

/**
 * Damages a small store in every way: each bit of each file flipped, each file cut at each byte, lines taken out,
 * doubled and exchanged, files gone. What is missing or changed must be said. `oneOf`: only one of so many damages.
 */
export async function damageEverything(tally: Tally, oneOf = 1): Promise<void> {
  const whole = await wholeStore();
  const files = [...whole.image].filter((entry): entry is [string, Buffer] => entry[1] !== undefined);
  const last = files.findLast(([path]) => basename(path).startsWith('journal-'))![0];
  for (const [path, bytes] of files) {
    for (const [index, damaged] of [...damagesOf(path, bytes, path === last)].entries()) {
      if (index % oneOf > 0) continue;
      const image = new Map(whole.image);
      if (damaged.bytes) image.set(path, damaged.bytes);
      else image.delete(path);
      tally.count(damaged.kind);
      tally.add(`${basename(path)}: ${damaged.kind}`, await look(image, damaged, whole.told));
    }
  }
}

/** A small store, closed. */
export async function wholeStore(): Promise<Whole> {
  const disk = MemoryFileSystem.of(new Map([[DATA, undefined]]));
  const told = new Told();
  const day = new Day(disk, told);
  await day.open();
  for (let snapshot = 0; snapshot < 2; snapshot++) {
    await day.append(2, 'x');
    await day.snapshot();
  }
  await day.append(3, 'x');
  await day.close();
  return { image: syncedOnly(disk.moment()), told };
}

function* damagesOf(path: string, bytes: Buffer, isLast: boolean): Generator<Damaged> {
  const damaged = (kind: string, bytes: Buffer | undefined, costs = Infinity): Damaged => {
    const leavesNoTrace = isLast && bytes !== undefined && bytes.at(-1) === 10;
    return { kind, path, bytes, costs, leavesNoTrace: leavesNoTrace && kind === 'a file cut' };
  };
  for (let bit = 0; bit < bytes.length * 8; bit++) {
    const flipped = Buffer.from(bytes);
    flipped[bit >> 3]! ^= 1 << (bit & 7);
    // A checksum that is wrong leaves the line behind it without one to be chained to.
    yield damaged('a bit flipped', flipped, 2);
  }
  for (let size = 0; size < bytes.length; size++) yield damaged('a file cut', bytes.subarray(0, size));
  const lines = linesOf(bytes);
  for (const index of lines.keys()) {
    const others = [...lines.slice(0, index), ...lines.slice(index + 1)];
    // The last line that is gone is a file cut.
    if (index < lines.length - 1) yield damaged('a line taken out', Buffer.concat(others));
    yield damaged(
      'a line doubled',
      Buffer.concat([...lines.slice(0, index), lines[index]!, ...lines.slice(index)]),
    );
    if (index > 0) {
      const exchanged = [
        ...lines.slice(0, index - 1),
        lines[index]!,
        lines[index - 1]!,
        ...lines.slice(index + 1),
      ];
      yield damaged('two lines exchanged', Buffer.concat(exchanged));
    }
  }
  yield damaged('a file gone', undefined);
}

function linesOf(bytes: Buffer): Buffer[] {
  const lines: Buffer[] = [];
  for (let start = 0, end; start < bytes.length; start = end) {
    end = bytes.indexOf(10, start) + 1 || bytes.length;
    lines.push(bytes.subarray(start, end));
  }
  return lines;
}

async function look(image: Image, { costs, leavesNoTrace }: Damaged, told: Told): Promise<Verdict> {
  const fs = MemoryFileSystem.of(image);
  const events: JournalRecord[] = [];
  const verdict: Verdict = { lost: 0, doubled: 0, silent: 0, faults: [] };
  let store: Store;
  try {
    store = await openStore(DATA, keepIn(events), { fs });
  } catch (error) {
    if (!(error instanceof Problem)) verdict.faults.push(`it is refused with ${String(error)}`);
    if (keyOf(filesIn(fs)) !== keyOf(filesIn(MemoryFileSystem.of(image))))
      verdict.faults.push('it was refused, and something was changed all the same');
    return verdict;
  }
  const isWhole =
    events.length === told.attempts.length && events.every((event, n) => isTrue(event, n, told));
  const isSaid = store.failed !== undefined || store.report.length > 0;
  if (!isWhole && !isSaid && !leavesNoTrace) verdict.silent++;
  verdict.doubled = doublesIn(events);
  for (const event of events) {
    if (!isTrue(event, numberIn(event), told)) verdict.faults.push(`event ${event.seq} is not what it was`);
  }
  if (events.some(({ seq }, index) => index > 0 && seq <= events[index - 1]!.seq))
    verdict.faults.push('events are out of order');
  const missing = told.attempts.length - events.length;
  if (missing > costs) verdict.faults.push(`${missing} events cannot be seen`);
  if (store.failed) {
    if (keyOf(filesIn(fs)) !== keyOf(filesIn(MemoryFileSystem.of(image))))
      verdict.faults.push('it is only to be looked at, and something was changed all the same');
  } else if (events.some(({ seq }, index) => seq !== index + 1)) {
    verdict.faults.push('it goes on though events in between are missing');
  }
  await store.close();
  if (fs.open.size > 0) verdict.faults.push(`not closed: ${[...fs.open].join(', ')}`);
  return verdict;
}

function isTrue(event: JournalRecord, n: number, told: Told): boolean {
  const attempt = told.attempts[n];
  return attempt?.acknowledged?.seq === event.seq && isSame(event, attempt);
}

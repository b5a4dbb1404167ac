import type { JournalRecord, NewRecord } from '../../../src/store/journal-format.ts';

/** What an event says where nothing else is wanted: both languages, and what looks like the start of a line. */
export const TEXT = '陈杰 signed in\n"{"crc":"';

/** What an event says once it was erased. */
export const ERASED = '';

/** One event that was given to the store, and what the store answered. Times count changes of the disk. */
export interface Attempt {
  n: number;
  entry: NewRecord;
  given: number;
  /** The number it got, and when the store said so, or showed it after a start. */
  acknowledged?: { seq: number; at: number };
  rejected?: boolean;
}

/** What the store was given and what it answered: the truth that everything on disk is judged by. */
export class Told {
  readonly attempts: Attempt[] = [];
  /** From when on the texts of what was given before may be gone, and from when on they must be. */
  erasing: { from: number; done: number } | undefined;
  /** Changes of the disk so far. */
  readonly #now: () => number;

  constructor(now: () => number = () => 0) {
    this.#now = now;
  }

  /** The next event to give. */
  give(text = TEXT): Attempt {
    const n = this.attempts.length;
    const attempt: Attempt = { n, entry: entryOf(n, text), given: this.#now() };
    this.attempts.push(attempt);
    return attempt;
  }

  /** The store has confirmed it, or shows it to everybody after a start. */
  acknowledge(attempt: Attempt, seq: number): void {
    attempt.acknowledged ??= { seq, at: this.#now() };
  }

  /** Everything is about to be written once more without its texts. */
  beginErasing(): void {
    this.erasing = { from: this.#now(), done: Infinity };
  }

  /** The store has said that no text is left. */
  endErasing(): void {
    this.erasing!.done = this.#now();
  }

  /** How many of those acknowledged until then are not there as they were told. `found`: numbers of attempts, in order. */
  lostIn(found: ArrayLike<number>, at: number): number {
    let lost = 0;
    for (const { n, acknowledged } of this.attempts) {
      if (acknowledged && acknowledged.at <= at && found[acknowledged.seq - 1] !== n) lost++;
    }
    return lost;
  }
}

/** The number of the attempt that an event comes from; -1 where it says none. */
export function numberIn(event: JournalRecord): number {
  return (event.data as { n?: number } | undefined)?.n ?? -1;
}

/** Events that are there twice, or share a number. */
export function doublesIn(events: readonly JournalRecord[]): number {
  const numbers = new Set(events.map(numberIn)).size;
  const seqs = new Set(events.map(({ seq }) => seq)).size;
  return Math.max(events.length - numbers, events.length - seqs);
}

/** What is wrong with these events but for what is missing at the end: none may be invented, changed or left out. */
export function faultsIn(told: Told, at: number, events: readonly JournalRecord[]): string[] {
  const faults: string[] = [];
  const erased = isErased(told, at, events);
  for (const [index, event] of events.entries()) {
    const attempt = told.attempts[numberIn(event)];
    const isGone = erased && attempt !== undefined && attempt.given <= told.erasing!.from;
    if (!attempt || attempt.given > at || !isSame(event, isGone ? withoutText(attempt) : attempt))
      faults.push(`event ${event.seq} was never given like that`);
    if (event.seq !== index + 1) faults.push(`event ${event.seq} stands at place ${index + 1}`);
    if (index > 0 && numberIn(event) <= numberIn(events[index - 1]!))
      faults.push(`event ${event.seq} is out of order`);
  }
  // Of what nobody has had an answer to, the first may be there, never a later one without it.
  const isOpen = ({ given, rejected, acknowledged }: Attempt) =>
    given <= at && !rejected && !(acknowledged && acknowledged.at <= at);
  const found = new Set(events.map(numberIn));
  const open = told.attempts.filter(isOpen).map(({ n }) => found.has(n));
  if (open.lastIndexOf(true) > open.indexOf(false) && open.includes(false))
    faults.push('an event came back without the one before it');
  return faults;
}

/** Erasing is all or nothing: the first event tells which, where both may be. */
function isErased({ erasing }: Told, at: number, [first]: readonly JournalRecord[]): boolean {
  if (!erasing || at <= erasing.from) return false;
  return at >= erasing.done || (first !== undefined && (first.data as { text: string }).text === ERASED);
}

function withoutText({ entry, ...attempt }: Attempt): Attempt {
  return { ...attempt, entry: { ...entry, data: { ...(entry.data as object), text: ERASED } } };
}

/** Is the event what was given? */
export function isSame(event: JournalRecord, { entry }: Attempt): boolean {
  const [found, given] = [event.data, entry.data] as ({ text: string } | undefined)[];
  return (
    event.type === entry.type &&
    event.at === entry.at &&
    event.mono === entry.mono &&
    found?.text === given!.text &&
    gestureOf(event) === gestureOf(entry) &&
    `${event.id}`.endsWith(`-${event.seq}`)
  );
}

function gestureOf({ gesture }: NewRecord): string | undefined {
  return (gesture as { id: string } | undefined)?.id;
}

/** What attempt `n` gives to the store. */
export function entryOf(n: number, text = TEXT): NewRecord {
  return {
    at: new Date(Date.UTC(2026, 10, 22, 10) + n * 1000).toISOString(),
    mono: n * 1000 + 0.5,
    type: 'noted',
    data: { n, text },
    ...(n % 3 > 0 && { gesture: { id: `gesture-${n}` } }),
  };
}

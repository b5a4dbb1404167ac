import { join } from 'node:path/posix';
import { Problem } from '../../../src/domain/problem.ts';
import { beginExchange, exchangeStore } from '../../../src/store/exchange-store.ts';
import type { FileSystem } from '../../../src/store/file-system.ts';
import type { JournalRecord } from '../../../src/store/journal-format.ts';
import { openStore, type Store } from '../../../src/store/open-store.ts';
import type { Fold } from '../../../src/store/recovery.ts';
import { rewriteStore } from '../../../src/store/rewrite-store.ts';
import { ERASED, numberIn, type Told } from './told.ts';

export const DATA = '/kiosk/data';

/** A fold that keeps every event as it comes. A snapshot's records are the events themselves. */
export function keepIn(events: JournalRecord[]): Fold {
  return {
    restore: (record) => void events.push(record as JournalRecord),
    apply: (record) => void events.push(record),
  };
}

/**
 * A kiosk's day, step by step, on one disk: what the store answers goes into `told`. A step that the disk lets fail
 * is over, and the day goes on, as people do.
 */
export class Day {
  readonly #fs: FileSystem;
  readonly #told: Told;
  readonly #folder: string;
  #store: Store | undefined;
  /** What the store has confirmed, in order. */
  #events: JournalRecord[] = [];
  /** What the store answered instead of doing it. */
  readonly refusals: Error[] = [];
  /** Answers that nobody could make anything of. */
  readonly faults: string[] = [];

  constructor(fs: FileSystem, told: Told, folder = DATA) {
    this.#fs = fs;
    this.#told = told;
    this.#folder = folder;
  }

  get store(): Store | undefined {
    return this.#store;
  }

  /** Starts the kiosk, once more where that fails; what it shows then is promised. */
  async open(): Promise<void> {
    for (let tries = 0; tries < 2 && !this.#store; tries++) {
      const events: JournalRecord[] = [];
      this.#store = await this.#trying(() => openStore(this.#folder, keepIn(events), { fs: this.#fs }));
      if (this.#store) this.#show(this.#store, events);
    }
  }

  /** Nobody promises what a store shows that can write nothing. */
  #show(store: Store, events: JournalRecord[]): void {
    this.#events = events;
    if (store.failed) return;
    for (const event of events) {
      const attempt = this.#told.attempts[numberIn(event)];
      if (attempt) this.#told.acknowledge(attempt, event.seq);
    }
  }

  /** So many people, each with that text: half of them at once, the others while those are written. */
  async append(count: number, text?: string): Promise<void> {
    const many = (people: number) => Array.from({ length: people }, () => this.#appendOne(text));
    const appended = many(Math.ceil(count / 2));
    await new Promise<void>((resolve) => process.nextTick(resolve));
    await Promise.all([...appended, ...many(Math.floor(count / 2))]);
  }

  async #appendOne(text?: string): Promise<void> {
    if (!this.#store) return;
    const attempt = this.#told.give(text);
    try {
      const record = await this.#store.append(attempt.entry);
      this.#told.acknowledge(attempt, record.seq);
      this.#events.push(record);
    } catch (error) {
      attempt.rejected = true;
      if (!(error instanceof Problem)) this.faults.push(`an append was refused with ${String(error)}`);
      this.#refused(error);
    }
  }

  /** Begins another segment and writes a snapshot of what was confirmed until then, while people go on signing in. */
  async snapshot(meanwhile = 0): Promise<void> {
    const store = this.#store;
    if (!store) return;
    await this.#trying(async () => {
      const rotated = store.rotate();
      const appended = this.append(meanwhile);
      try {
        const at = await rotated;
        const events = this.#events.filter(({ seq }) => seq <= at.lastSeq);
        await store.snapshot(at, () => events);
      } finally {
        await appended;
      }
    });
  }

  /** Looks at the room on the disk, so that the reserve for a full one is kept. */
  async look(): Promise<void> {
    await this.#trying(() => this.#store?.look());
  }

  /** Reads everything again in the running kiosk, after `work`; what it shows then is promised. */
  async reopen(work?: () => Promise<void>): Promise<boolean> {
    const store = this.#store;
    if (!store) return false;
    const events: JournalRecord[] = [];
    let isDone = false;
    await this.#trying(async () => {
      await store.reopen(keepIn(events), work);
      isDone = true;
    });
    this.#show(store, events);
    return isDone;
  }

  /** Takes the texts out of everything stored, as erasing a person does, and reads it again. */
  async erase(): Promise<void> {
    const without = <Stored>(stored: Stored): Stored => ({
      ...stored,
      data: { ...((stored as JournalRecord).data as object), text: ERASED },
    });
    this.#told.beginErasing();
    const isDone = await this.reopen(async () => {
      const ready = await beginExchange(this.#fs, this.#folder);
      const rewriting = { event: without<JournalRecord>, record: without };
      await rewriteStore(this.#fs, join(this.#folder, 'store'), ready, rewriting);
      await exchangeStore(this.#fs, this.#folder);
    });
    if (isDone) this.#told.endErasing();
  }

  async close(): Promise<void> {
    const store = this.#store;
    this.#store = undefined;
    await this.#trying(() => store?.close());
  }

  /** Closes and starts again. */
  async restart(): Promise<void> {
    await this.close();
    await this.open();
  }

  async #trying<Result>(step: () => Promise<Result> | undefined): Promise<Result | undefined> {
    try {
      return await step();
    } catch (error) {
      this.#refused(error);
      return undefined;
    }
  }

  /** What a disk or a store may say; anything else is a fault of the code. */
  #refused(error: unknown): void {
    if (!(error instanceof Error)) throw error;
    this.refusals.push(error);
    const isOfDisk =
      error instanceof Problem ||
      error instanceof AggregateError ||
      (error as NodeJS.ErrnoException).code !== undefined;
    if (!isOfDisk) this.faults.push(error.stack ?? error.message);
  }
}

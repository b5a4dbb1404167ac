import { join } from 'node:path';
import type { Problem } from '../domain/problem.ts';
import { writeAll, type FileSystem } from './file-system.ts';
import { SUSPECT, type JournalPosition, type JournalRecord, type NewRecord } from './journal-format.ts';
import { cannotSave, isFull, isUnwritable, readOnly } from './problems.ts';
import { encodeLines } from './record.ts';
import { freeName } from './torn-tail.ts';
import { createSegment, SegmentLeftBehind, type OpenSegment } from './segment.ts';

/** What a journal works with. */
export interface JournalParts {
  fs: FileSystem;
  folder: string;
  gate: string;
  /** Random id of this process. */
  run: string;
  /** Asked when the disk is full: resolves with whether there is more room now. */
  makeRoom: () => Promise<boolean>;
}

/** How quickly the disk has answered, in milliseconds. */
export interface DiskPace {
  lastMs: number;
  slowestMs: number;
  /** How long the write that is under way has taken so far; 0 for none. */
  waitingMs: number;
}

interface Pending {
  record: JournalRecord;
  resolve: (record: JournalRecord) => void;
  reject: (error: unknown) => void;
}

/**
 * Appends events: written and synced, then acknowledged. Whatever arrives while a sync runs shares the next one
 * (group commit). Acknowledgements come in order.
 *
 * What the disk refuses for want of room or permission is cut back and rejected, and the journal goes on. Any other
 * error may be that of the sync, after which nobody knows what the disk holds behind the last confirmed event: the
 * segment is left as it is and what was not confirmed goes into a new one; when that fails, too, or a second time
 * later, the journal takes nothing more until it is opened again (docs/adr/0010).
 */
export class Journal {
  readonly #parts: JournalParts;
  #segment: OpenSegment;
  #aheadSeq: number;
  #waiting: Pending[] = [];
  #rotations: PromiseWithResolvers<JournalPosition>[] = [];
  #flushing: Promise<void> | undefined;
  #resumed = false;
  #failed: Problem | undefined;
  #pace = { lastMs: 0, slowestMs: 0 };
  #writingSince: number | undefined;

  constructor(parts: JournalParts, segment: OpenSegment) {
    this.#parts = parts;
    this.#segment = segment;
    this.#aheadSeq = segment.position.lastSeq;
  }

  /** The last confirmed event. */
  get position(): JournalPosition {
    return this.#segment.position;
  }

  /** The last confirmed event as a segment that follows it names it. */
  get confirmed(): JournalPosition {
    const { position, start } = this.#segment;
    return position.lastSeq === start.lastSeq ? start : position;
  }

  /** The number that the next appended event will get. */
  get nextSeq(): number {
    return this.#aheadSeq + 1;
  }

  /** The segment that is written to, and its bytes that are confirmed. */
  get segment(): Pick<OpenSegment, 'name' | 'size'> {
    const { name, size } = this.#segment;
    return { name, size };
  }

  /** Why nothing more is accepted. */
  get failed(): Problem | undefined {
    return this.#failed;
  }

  /** Did a sync fail, and the journal go on in a new segment? */
  get resumed(): boolean {
    return this.#resumed;
  }

  get pace(): DiskPace {
    const waitingMs = this.#writingSince === undefined ? 0 : performance.now() - this.#writingSince;
    return { ...this.#pace, waitingMs };
  }

  /** Resolves with the numbered record once it is on disk; rejects when nobody can say that it is. After a journal has
   * failed it may turn up at the next start. */
  append({ at, mono, type, data, gesture }: NewRecord): Promise<JournalRecord> {
    if (this.#failed) return Promise.reject(this.#failed);
    const { gate, run } = this.#parts;
    const seq = ++this.#aheadSeq;
    const record: JournalRecord = {
      seq,
      v: 1,
      id: `${gate}-${seq}`,
      at,
      mono,
      run,
      type,
      data,
      ...(gesture !== undefined && { gesture }),
    };
    return new Promise((resolve, reject) => {
      this.#waiting.push({ record, resolve, reject });
      this.#flushing ??= this.#flush();
    });
  }

  /**
   * Closes the segment and goes on in a new one; what is appended meanwhile waits. Resolves with the event before the
   * new segment, which everything confirmed so far ends with. A segment without events is gone on with.
   */
  rotate(): Promise<JournalPosition> {
    if (this.#failed) return Promise.reject(this.#failed);
    const rotation = Promise.withResolvers<JournalPosition>();
    this.#rotations.push(rotation);
    this.#flushing ??= this.#flush();
    return rotation.promise;
  }

  /** Resolves when nothing waits any more; never rejects, as each append has its own answer. */
  async settled(): Promise<void> {
    await this.#flushing;
  }

  async close(): Promise<void> {
    await this.settled();
    await this.#segment.file.close();
  }

  async #flush(): Promise<void> {
    await allArrived();
    while (this.#waiting.length > 0 || this.#rotations.length > 0) {
      for (const rotation of this.#rotations.splice(0)) await this.#rotate(rotation);
      const batch = this.#waiting.splice(0);
      if (batch.length > 0) await this.#confirm(batch);
      await allArrived();
    }
    this.#flushing = undefined;
  }

  async #confirm(batch: Pending[]): Promise<void> {
    if (this.#failed) return this.#reject(batch, this.#failed);
    const start = performance.now();
    this.#writingSince = start;
    try {
      await this.#save(batch.map(({ record }) => record));
    } catch (error) {
      this.#reject([...batch, ...this.#waiting.splice(0)], error);
      return;
    } finally {
      this.#writingSince = undefined;
      const lastMs = performance.now() - start;
      this.#pace = { lastMs, slowestMs: Math.max(lastMs, this.#pace.slowestMs) };
    }
    for (const { resolve, record } of batch) resolve(record);
  }

  #reject(pending: Pending[], error: unknown): void {
    this.#aheadSeq = this.position.lastSeq;
    for (const { reject } of pending) reject(error);
    if (this.#failed) for (const { reject } of this.#rotations.splice(0)) reject(error);
  }

  async #rotate({ resolve, reject }: PromiseWithResolvers<JournalPosition>): Promise<void> {
    const { fs, folder, gate } = this.#parts;
    const old = this.#segment;
    if (this.confirmed === old.start) return resolve(old.start);
    try {
      this.#segment = await createSegment(fs, folder, old.position, gate);
      await old.file.close();
    } catch (error) {
      if (error instanceof SegmentLeftBehind) this.#failed = readOnly(error);
      return reject(this.#failed ?? error);
    }
    resolve(old.position);
  }

  async #save(records: JournalRecord[]): Promise<void> {
    try {
      await this.#write(records);
    } catch (error) {
      if (!(error instanceof TakenBack)) return this.#saveInNewSegment(records, error);
      if (!isFull(error.cause) || !(await this.#makeRoom(error.cause))) throw cannotSave(error.cause);
      await this.#save(records);
    }
  }

  async #makeRoom(cause: unknown): Promise<boolean> {
    try {
      return await this.#parts.makeRoom();
    } catch (error) {
      throw cannotSave(new AggregateError([cause, error], 'the reserve could not be given up'));
    }
  }

  /** Once in the life of a journal: a disk that fails again is not to be trusted. */
  async #saveInNewSegment(records: JournalRecord[], cause: unknown): Promise<void> {
    try {
      if (this.#resumed) throw cause;
      this.#resumed = true;
      await this.#leaveSegment();
      await this.#write(records);
    } catch (error) {
      this.#failed = readOnly(error === cause ? cause : new AggregateError([cause, error]));
      throw this.#failed;
    }
  }

  /** A sync that failed is not tried again: the kernel may take for written what never reached the disk. */
  async #leaveSegment(): Promise<void> {
    const { fs, folder, gate } = this.#parts;
    const { file, name, start } = this.#segment;
    const { confirmed } = this;
    if (confirmed === start) {
      const suspect = freeName(await fs.list(folder), `${name}${SUSPECT}`);
      await fs.rename(join(folder, name), join(folder, suspect));
    }
    this.#segment = await createSegment(fs, folder, confirmed, gate, { cuts: true });
    await file.close();
  }

  async #write(records: JournalRecord[]): Promise<void> {
    const segment = this.#segment;
    const confirmed = segment.position.lastSeq;
    for (const record of records) if (record.seq > confirmed + 1) record.since = confirmed;
    const { bytes, chain } = encodeLines(records, segment.position.chain);
    try {
      await writeAll(segment.file, bytes);
    } catch (error) {
      if (!isFull(error) && !isUnwritable(error)) throw error;
      await takeBack(segment, error);
      throw new TakenBack(error);
    }
    segment.size += bytes.length;
    segment.position = { lastSeq: records.at(-1)!.seq, chain };
  }
}

/** Cuts away whatever the disk took of a write that it then refused; the last page is written anew by that. */
async function takeBack({ file, size }: OpenSegment, refusal: unknown): Promise<void> {
  // A disk that may only be read takes no cutting either, and needs none where it has taken nothing.
  if (isUnwritable(refusal) && (await file.size()) === size) return;
  await file.truncate(size);
  await file.datasync();
}

/** A write failed and the disk holds what it held before. */
class TakenBack extends Error {
  constructor(cause: unknown) {
    super('the write was taken back', { cause });
  }
}

/** Whoever calls in this turn, or has just been answered and calls again, is to share one write. */
function allArrived(): Promise<void> {
  return new Promise((resolve) => process.nextTick(resolve));
}

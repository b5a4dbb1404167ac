import { join } from 'node:path';
import { Problem } from '../domain/problem.ts';
import { writeAll, type AppendFile, type FileSystem } from './file-system.ts';
import { segmentName, type JournalRecord, type NewRecord, type SegmentHeader } from './journal-format.ts';
import { CHAIN_START, encodeLine } from './record.ts';

/** Where a journal stands: its last event and the checksum the next line is chained to. */
export interface JournalPosition {
  lastSeq: number;
  chain: string;
}

interface Pending {
  line: Buffer;
  position: JournalPosition;
  record: JournalRecord;
  resolve: (record: JournalRecord) => void;
  reject: (error: unknown) => void;
}

/**
 * Appends events to one segment: write, `fdatasync`, then acknowledge. Whatever arrives while a sync runs
 * shares the next one (group commit). Acknowledgements come in order.
 *
 * A failed write is cut back and rejected, and the journal goes on. After a failed sync nobody knows what the
 * disk holds, so the journal takes nothing more until the store is opened again.
 */
export class JournalWriter {
  readonly #gate: string;
  readonly #run: string;
  readonly #file: AppendFile;
  /** Bytes and position that are on disk for certain. */
  #size: number;
  #durable: JournalPosition;
  /** Position after everything that waits. */
  #ahead: JournalPosition;
  #waiting: Pending[] = [];
  #flushing: Promise<void> | undefined;
  #failed: Problem | undefined;

  constructor(file: AppendFile, size: number, position: JournalPosition, gate: string, run: string) {
    this.#file = file;
    this.#size = size;
    this.#durable = position;
    this.#ahead = position;
    this.#gate = gate;
    this.#run = run;
  }

  /** Starts the segment that follows `position`; the folder is synced, so that the file itself survives. */
  static async create(
    fs: FileSystem,
    folder: string,
    position: JournalPosition,
    gate: string,
    run: string,
  ): Promise<JournalWriter> {
    const firstSeq = position.lastSeq + 1;
    const header: SegmentHeader = {
      format: 'muster-journal',
      version: 1,
      gate,
      firstSeq,
      follows: position.chain,
    };
    const { line, chain } = encodeLine(header, CHAIN_START);
    const path = join(folder, segmentName(firstSeq));
    const file = await fs.openForAppend(path, { exclusive: true });
    try {
      await writeAll(file, line);
      await file.datasync();
      await fs.syncFolder(folder);
    } catch (error) {
      // The segment before goes on; a second one with the same next number would contradict it.
      await file.close();
      await fs.remove(path);
      throw error;
    }
    return new JournalWriter(file, line.length, { lastSeq: position.lastSeq, chain }, gate, run);
  }

  get position(): JournalPosition {
    return this.#durable;
  }

  /** The number that the next appended event will get. */
  get nextSeq(): number {
    return this.#ahead.lastSeq + 1;
  }

  /** Set once a sync has failed: why nothing more is accepted. */
  get failed(): Problem | undefined {
    return this.#failed;
  }

  /** Resolves with the numbered record once it is on disk; rejects when nobody can say that it is. After a failed
   * sync it may turn up at the next start. */
  append(entry: NewRecord): Promise<JournalRecord> {
    if (this.#failed) return Promise.reject(this.#failed);
    const seq = this.#ahead.lastSeq + 1;
    const { at, mono, type, data, gesture } = entry;
    const record: JournalRecord = {
      seq,
      v: 1,
      id: `${this.#gate}-${seq}`,
      at,
      mono,
      run: this.#run,
      type,
      data,
      ...(gesture !== undefined && { gesture }),
    };
    const { line, chain } = encodeLine(record, this.#ahead.chain);
    this.#ahead = { lastSeq: seq, chain };
    return new Promise((resolve, reject) => {
      this.#waiting.push({ line, position: this.#ahead, record, resolve, reject });
      this.#flushing ??= this.#flush();
    });
  }

  /** Resolves when nothing waits any more; never rejects, as each append has its own answer. */
  async settled(): Promise<void> {
    await this.#flushing;
  }

  async close(): Promise<void> {
    await this.settled();
    await this.#file.close();
  }

  async #flush(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting;
      this.#waiting = [];
      try {
        await this.#write(Buffer.concat(batch.map(({ line }) => line)));
      } catch (error) {
        const rejected = [...batch, ...this.#waiting];
        this.#waiting = [];
        this.#ahead = this.#durable;
        for (const { reject } of rejected) reject(error);
        continue;
      }
      this.#durable = batch.at(-1)!.position;
      for (const { resolve, record } of batch) resolve(record);
    }
    this.#flushing = undefined;
  }

  async #write(bytes: Buffer): Promise<void> {
    try {
      await writeAll(this.#file, bytes);
    } catch (error) {
      await this.#cutBack(error);
      throw cannotSave(error);
    }
    try {
      await this.#file.datasync();
    } catch (error) {
      this.#failed = readOnly(error);
      throw this.#failed;
    }
    this.#size += bytes.length;
  }

  /** Takes half a line away again, so that the next good one does not stand behind it. */
  async #cutBack(cause: unknown): Promise<void> {
    try {
      await this.#file.truncate(this.#size);
      await this.#file.datasync();
    } catch (error) {
      this.#failed = readOnly(new AggregateError([cause, error]));
      throw this.#failed;
    }
  }
}

function cannotSave(cause: unknown): Problem {
  return new Problem(
    'cannot-save',
    {
      en: 'The disk did not take the record, so nothing was saved. Please free some space and try again.',
      zh: '磁盘未能写入，本次未保存。请清理磁盘空间后重试。',
    },
    { cause },
  );
}

function readOnly(cause: unknown): Problem {
  return new Problem(
    'store-read-only',
    {
      en: 'The disk failed while saving. Nothing more is accepted until the kiosk is started again; what was confirmed is safe.',
      zh: '保存时磁盘出错，重新启动前不再接受新记录；已确认的记录不受影响。',
    },
    { cause },
  );
}

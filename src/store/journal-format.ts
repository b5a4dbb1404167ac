/** First line of every journal segment. */
export interface SegmentHeader {
  format: 'muster-journal';
  version: 1;
  gate: string;
  /** Sequence number of the segment's first event. */
  firstSeq: number;
  /** Checksum of the line that this segment follows. */
  follows: string;
  /**
   * A sync of the segment before has failed: whatever it holds from `firstSeq` on was never confirmed and does not
   * count.
   */
  cuts?: true;
}

/** Where a journal stands: its last event and the checksum the next line is chained to. */
export interface JournalPosition {
  lastSeq: number;
  chain: string;
}

/** One event as the journal holds it. */
export interface JournalRecord {
  seq: number;
  v: 1;
  /** Gate id and sequence number. */
  id: string;
  /** Wall time, ISO 8601 with milliseconds and offset. */
  at: string;
  /** Milliseconds on a clock that only runs forward, since the start of the process. */
  mono: number;
  /** Random id of the process that wrote it. */
  run: string;
  type: string;
  data: unknown;
  gesture?: unknown;
  /** The last event that was confirmed when this one was written; left out where that is the one before. */
  since?: number;
}

/** The last event that was confirmed when this one was written. */
export function confirmedBefore({ seq, since }: Pick<JournalRecord, 'seq' | 'since'>): number {
  return since ?? seq - 1;
}

/** What the caller gives to the journal; the rest is the journal's to add. */
export type NewRecord = Pick<JournalRecord, 'at' | 'mono' | 'type' | 'data' | 'gesture'>;

/** The version that this code writes, and the newest it reads. */
export const FORMAT_VERSION = 1;

/** File name of the segment that begins with `firstSeq`. */
export function segmentName(firstSeq: number): string {
  return `journal-${String(firstSeq).padStart(12, '0')}.jsonl`;
}

/** File name of the snapshot after `lastSeq`. */
export function snapshotName(lastSeq: number): string {
  return `snapshot-${String(lastSeq).padStart(12, '0')}.jsonl`;
}

/** The sequence number in the name of a segment or snapshot; undefined for another file. */
export function seqInName(name: string, kind: 'journal' | 'snapshot'): number | undefined {
  const match = /^(journal|snapshot)-(\d{12})\.jsonl$/.exec(name);
  return match?.[1] === kind ? Number(match[2]) : undefined;
}

/** What the name of a segment ends with that a failed sync left behind before it held any confirmed event. */
export const SUSPECT = '.suspect';

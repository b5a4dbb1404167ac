import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { createFile, removeIfThere, type FileSystem } from './file-system.ts';
import { snapshotName, type JournalPosition } from './journal-format.ts';
import { linesOf } from './record.ts';

/** First line of a snapshot. */
interface SnapshotHeader {
  format: 'muster-snapshot';
  version: 1;
  gate: string;
  lastSeq: number;
  /** Checksum of the journal line of `lastSeq`: the journal goes on from it. */
  chain: string;
  count: number;
  /** SHA-256 of everything behind the header line and then the header without this field. */
  sha256: string;
}

/** A snapshot as read: its records come out one by one. */
export interface Snapshot {
  gate: string;
  position: JournalPosition;
  records(): Generator<unknown>;
}

/** Bytes after which writing lets other work run. */
const CHUNK = 256 * 1024;

/**
 * Writes a snapshot beside the journal: temporary file, sync, read back and compare, rename, sync the folder.
 * `records` is called twice and must give the same both times.
 */
export async function writeSnapshot(
  fs: FileSystem,
  folder: string,
  gate: string,
  position: JournalPosition,
  records: () => Iterable<unknown>,
): Promise<void> {
  const hash = createHash('sha256');
  let count = 0;
  for (const [chunk, lines] of chunksOf(records())) {
    hash.update(chunk);
    count += lines;
    await setImmediate();
  }
  const { lastSeq, chain } = position;
  const about = { format: 'muster-snapshot', version: 1, gate, lastSeq, chain, count } as const;
  const header: SnapshotHeader = { ...about, sha256: hash.update(JSON.stringify(about)).digest('hex') };
  const target = join(folder, snapshotName(lastSeq));
  const beside = `${target}.new`;
  await removeIfThere(fs, beside);
  await createFile(fs, beside, piecesOf(header, records()));
  await requireSame(fs, beside, header);
  await fs.rename(beside, target);
  await fs.syncFolder(folder);
}

/** Reads back what was written, piece by piece. @throws when the disk gives anything else. */
async function requireSame(fs: FileSystem, path: string, header: SnapshotHeader): Promise<void> {
  const { sha256, ...about } = header;
  const first = Buffer.from(`${JSON.stringify(header)}\n`);
  const hash = createHash('sha256');
  let seen = 0;
  let isSame = true;
  for await (const piece of fs.readPieces(path)) {
    const ofHeader = Math.max(0, Math.min(piece.length, first.length - seen));
    isSame &&= first.subarray(seen, seen + ofHeader).equals(piece.subarray(0, ofHeader));
    hash.update(piece.subarray(ofHeader));
    seen += piece.length;
  }
  if (!isSame || hash.update(JSON.stringify(about)).digest('hex') !== sha256) {
    throw new Error(`the snapshot ${path} does not read back as written`);
  }
}

/** Checks and opens the bytes of a snapshot; undefined when the hash does not fit. */
export function readSnapshot(bytes: Buffer): Snapshot | undefined {
  const end = bytes.indexOf(10);
  if (end === -1) return undefined;
  const header = parseHeader(bytes.toString('utf8', 0, end));
  if (!header) return undefined;
  const body = bytes.subarray(end + 1);
  const { sha256, ...about } = header;
  if (createHash('sha256').update(body).update(JSON.stringify(about)).digest('hex') !== sha256)
    return undefined;
  return {
    gate: header.gate,
    position: { lastSeq: header.lastSeq, chain: header.chain },
    *records() {
      for (const { line } of linesOf(body)) yield JSON.parse(line.toString());
    },
  };
}

function parseHeader(text: string): SnapshotHeader | undefined {
  try {
    const header = JSON.parse(text) as Partial<SnapshotHeader>;
    return header.format === 'muster-snapshot' && header.version === 1
      ? (header as SnapshotHeader)
      : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function* chunksOf(records: Iterable<unknown>): Generator<[chunk: Buffer, lines: number]> {
  let text = '';
  let lines = 0;
  for (const record of records) {
    text += `${JSON.stringify(record)}\n`;
    lines++;
    if (text.length < CHUNK) continue;
    yield [Buffer.from(text), lines];
    text = '';
    lines = 0;
  }
  if (lines > 0) yield [Buffer.from(text), lines];
}

function* piecesOf(header: SnapshotHeader, records: Iterable<unknown>): Generator<Buffer> {
  yield Buffer.from(`${JSON.stringify(header)}\n`);
  for (const [chunk] of chunksOf(records)) yield chunk;
}

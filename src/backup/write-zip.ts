import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import { diskCode, sourceChanged, sourceUnreadable } from './backup-problems.ts';
import { MANIFEST_NAME, manifestText, type BackupAbout, type BackupFile } from './manifest.ts';

/** A file that is to go into a backup: its name there, where it is and how large, in bytes. */
export interface BackupSource {
  name: string;
  path: string;
  size: number;
}

/** Read at once from a file, in bytes. */
const PIECE = 256 * 1024;

/**
 * Writes the zip file of a backup, a new file for its owner only, and syncs it; text is compressed. `step` is called
 * with the bytes of each piece that was read.
 * @throws Problem `backup-file-changed` or `backup-file-unreadable`; what the target's disk says; what `step` throws.
 */
export async function writeZip(
  path: string,
  about: BackupAbout,
  files: readonly BackupSource[],
  step: (bytes: number) => void,
): Promise<void> {
  const zip = new ZipFile();
  const output = zip.outputStream as Readable;
  const read: BackupFile[] = [];
  let source: Readable | undefined;

  function add(name: string, compress: boolean, piecesOf: () => AsyncIterable<Buffer>): void {
    const options = { compress, mtime: new Date(about.madeAt), mode: 0o100600 };
    zip.addReadStreamLazy(name, options, (give) => {
      source = Readable.from(piecesOf());
      source.on('error', (error) => output.destroy(error));
      give(null, source);
    });
  }

  for (const file of files) add(file.name, file.name.endsWith('.jsonl'), () => piecesOf(file, read, step));
  // Asked for when all files are read.
  add(MANIFEST_NAME, true, async function* () {
    yield Buffer.from(manifestText({ ...about, files: read }));
  });
  zip.on('error', (error: Error) => output.destroy(error));
  zip.end();

  try {
    await pipeline(output, createWriteStream(path, { flags: 'wx', mode: 0o600, flush: true }));
  } finally {
    source?.destroy();
  }
}

/** The content of a file, which is added to `read` with its hash at the end. */
async function* piecesOf(
  { name, path, size }: BackupSource,
  read: BackupFile[],
  step: (bytes: number) => void,
): AsyncGenerator<Buffer> {
  const hash = createHash('sha256');
  // A small file gets a small buffer, an empty one at least some.
  const content = createReadStream(path, { highWaterMark: Math.min(PIECE, size + 1) });
  let left = size;
  try {
    for await (const piece of content as AsyncIterable<Buffer>) {
      left -= piece.length;
      if (left < 0) break;
      step(piece.length);
      hash.update(piece);
      yield piece;
    }
  } catch (error) {
    const code = diskCode(error);
    throw code === undefined ? error : sourceUnreadable(path, code, error);
  }
  if (left !== 0) throw sourceChanged(path);
  read.push({ name, size, sha256: hash.digest('hex') });
}

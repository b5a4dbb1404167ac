import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { CallError } from '../api/call-error.ts';
import { targetUnwritable } from '../files/target-unwritable.ts';
import { isZipHead } from '../photos/look-at-head.ts';
import { MAX_BYTES } from '../photos/skip-reasons.ts';

/** An upload that nobody sends anything to for so long is over, in milliseconds. */
const IDLE_LIMIT = 5 * 60_000;
/** Largest zip file that is taken, in bytes; it lies beside what is unpacked from it. */
const MAX_ZIP_BYTES = 4 * 1024 ** 3;
/** The room on the disk is looked at again each time so many bytes have come. */
const LOOK_EVERY = 64 * 1024 * 1024;

/** Files that somebody sends one by one, to be imported together. */
export interface PhotoUpload {
  /** The right to send to this upload and to end it, and to nothing else: no session is needed, and none guesses it. */
  readonly ticket: string;
  /** Where the files are kept until they are imported. */
  readonly folder: string;
  /** Files that are there whole. */
  readonly arrived: number;
  /** Is nothing taken any more? */
  readonly over: boolean;
  /** Takes one file. @throws CallError `import-unknown`, `file-too-large`; Problem `target-unwritable`, `disk-low`. */
  take(name: string, body: ReadableStream): Promise<void>;
  /** Takes no more: half a file is none. Resolves when nothing is on its way any more. */
  end(): Promise<void>;
}

/** What an upload asks and tells. */
export interface UploadHooks {
  /** Called after each file. */
  onArrived(): void;
  /** Called when nobody has sent a byte for five minutes. */
  onIdle(): void;
  /** Throws where the disk has no room for photos. */
  requireRoom(): Promise<void>;
}

/** Opens an upload with a folder of its own. @throws Problem `target-unwritable`. */
export async function openPhotoUpload(
  folder: string,
  { onArrived, onIdle, requireRoom }: UploadHooks,
): Promise<PhotoUpload> {
  await makeFolder(folder, { recursive: true });
  const over = new AbortController();
  const arriving = new Set<Promise<void>>();
  const idle = setTimeout(onIdle, IDLE_LIMIT).unref();
  let begun = 0;
  let arrived = 0;
  return {
    ticket: randomBytes(24).toString('base64url'),
    folder,
    get arrived() {
      return arrived;
    },
    get over() {
      return over.signal.aborted;
    },
    async take(name, body) {
      if (over.signal.aborted) throw importUnknown();
      // A folder each: two files of one name are two files.
      const own = join(folder, String(++begun).padStart(6, '0'));
      const hooks = { requireRoom, onBytes: () => void idle.refresh() };
      const receiving = receive(body, join(own, safeName(name)), hooks, over.signal);
      arriving.add(receiving);
      try {
        await receiving;
      } finally {
        arriving.delete(receiving);
      }
      arrived++;
      onArrived();
    },
    async end() {
      clearTimeout(idle);
      over.abort();
      await Promise.allSettled(arriving);
    },
  };
}

/** A "no" to whoever sends to an import, or stops one, that is not there. */
export function importUnknown(): CallError {
  return new CallError('refused', 'import-unknown', {
    en: 'This import is over or was never begun. Please start a new one.',
    zh: '该导入已结束或不存在，请重新开始导入。',
  });
}

/** Writes a file into a folder of its own; one that does not come whole goes again with its folder. */
async function receive(
  body: ReadableStream,
  file: string,
  hooks: ReceiveHooks,
  signal: AbortSignal,
): Promise<void> {
  hooks.onBytes();
  await makeFolder(dirname(file));
  const target = createWriteStream(file, { mode: 0o600 });
  try {
    await pipeline(Readable.fromWeb(body), withinLimits(hooks), target, { signal });
  } catch (error) {
    await rm(dirname(file), { recursive: true, force: true });
    if (signal.aborted) throw importUnknown();
    const { syscall } = error as NodeJS.ErrnoException;
    throw syscall === 'write' || syscall === 'open' ? targetUnwritable(file, error) : error;
  }
}

async function makeFolder(path: string, options?: { recursive: true }): Promise<void> {
  try {
    await mkdir(path, { ...options, mode: 0o700 });
  } catch (error) {
    throw targetUnwritable(path, error);
  }
}

/** Longest name of a kept file, in bytes; file systems bear 255. */
const MOST_NAME_BYTES = 200;
/** Names that are devices on Windows, whatever their ending. */
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/** The last part of a name, without what a file system does not bear. */
function safeName(name: string): string {
  const last = name.split(/[\\/]/).at(-1) ?? '';
  const kept = last.replaceAll(/[\p{Cc}<>:"|?*]/gu, '').replace(/^\.+/, '');
  const characters = [...kept].slice(-MOST_NAME_BYTES);
  while (Buffer.byteLength(characters.join('')) > MOST_NAME_BYTES) characters.shift();
  const short = characters.join('') || 'photo';
  return DEVICE.test(short) ? `_${short}` : short;
}

interface ReceiveHooks extends Pick<UploadHooks, 'requireRoom'> {
  onBytes(): void;
}

/** Lets no more pass than a photo may have, or a zip file, and nothing where the disk gets low. */
function withinLimits({ requireRoom, onBytes }: ReceiveHooks): Transform {
  let most = 0;
  let seen = 0;
  let lookAt = 0;
  async function take(chunk: Buffer): Promise<Buffer> {
    onBytes();
    if (seen === 0) most = isZipHead(chunk) ? MAX_ZIP_BYTES : MAX_BYTES;
    if (seen >= lookAt) {
      await requireRoom();
      lookAt += LOOK_EVERY;
    }
    seen += chunk.length;
    if (seen > most) throw fileTooLarge(most);
    return chunk;
  }
  return new Transform({
    transform(chunk: Buffer, _encoding, next) {
      take(chunk).then((taken) => next(null, taken), next);
    },
  });
}

function fileTooLarge(most: number): CallError {
  const megabytes = most / 1024 / 1024;
  return new CallError('too-large', 'file-too-large', {
    en: `The file has more than ${megabytes} MB. Please save the photo smaller, or pack the zip file in smaller parts.`,
    zh: `文件超过 ${megabytes} MB，请将照片另存为较小的文件，或分成较小的压缩包。`,
  });
}

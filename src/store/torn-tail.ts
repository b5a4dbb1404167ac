import { join } from 'node:path';
import type { Bilingual } from '../domain/bilingual.ts';
import { createFile, type FileSystem } from './file-system.ts';

/** Bytes at the end of the last segment that are no good record. */
export interface TornTail {
  name: string;
  bytes: Buffer;
  /** The file that keeps a copy of the bytes; none is written where there are none. */
  copyName: string;
  goodSize: number;
  /** Not even the segment's header was written: the file is removed. */
  headerless: boolean;
}

/** Cuts a torn tail away, after keeping a copy beside the segment. */
export async function cutTail(fs: FileSystem, folder: string, tail: TornTail): Promise<void> {
  if (tail.bytes.length > 0) await createFile(fs, join(folder, tail.copyName), [tail.bytes]);
  await fs.syncFolder(folder);
  if (tail.headerless) {
    await fs.remove(join(folder, tail.name));
  } else {
    const file = await fs.openForAppend(join(folder, tail.name), { exclusive: false });
    try {
      await file.truncate(tail.goodSize);
      await file.datasync();
    } finally {
      await file.close();
    }
  }
  await fs.syncFolder(folder);
}

/** The name itself, or the first of `name-2`, `name-3`… that is not taken. */
export function freeName(names: readonly string[], wanted: string): string {
  let name = wanted;
  for (let n = 2; names.includes(name); n++) name = `${wanted}-${n}`;
  return name;
}

/** What was cut, in words. */
export function tornWords({ name, bytes, copyName }: TornTail): Bilingual {
  if (bytes.length === 0) {
    return {
      en: `${name} was empty, as a power cut can leave it: it was started again.`,
      zh: `${name} 为空（断电可能造成），已重新开始。`,
    };
  }
  return {
    en: `The end of ${name} was torn (${bytes.length} bytes that were most likely never confirmed): cut, a copy is kept as ${copyName}.`,
    zh: `${name} 的末尾不完整（${bytes.length} 字节，很可能从未确认过）：已截去，副本保存为 ${copyName}。`,
  };
}

import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ZipFile, type Options } from 'yazl';
import { expect } from 'vitest';
import { manifestText, type BackupAbout, type BackupManifest } from '../../../src/backup/manifest.ts';
import { writeBackup } from '../../../src/backup/write-backup.ts';
import type { BackupSource } from '../../../src/backup/write-zip.ts';
import { Problem } from '../../../src/domain/problem.ts';

export const about: BackupAbout = {
  format: 'muster-backup',
  version: 1,
  gate: '5un844',
  lastSeq: 3,
  madeAt: '2026-11-22T21:30:00.000+08:00',
  kioskName: { en: 'Gate 2', zh: '二号门' },
  photos: true,
  counts: { events: 3, people: 18, visits: 2, photos: 1 },
};

export const JOURNAL = 'store/journal-000000000001.jsonl';
export const SNAPSHOT = 'store/snapshot-000000000002.jsonl';
export const ORIGINAL = `photos/originals/ab/ab${'12'.repeat(31)}.jpg`;
export const RENDITION = `photos/renditions/ab/ab${'12'.repeat(31)}-480.jpg`;

/** What the files of a small kiosk hold, by their names in a backup. */
export const CONTENTS: Record<string, Buffer> = {
  [JOURNAL]: Buffer.from('{"crc":"c4944080","seq":3,"data":{"name":"陈杰"}}\n'.repeat(40)),
  [SNAPSHOT]: Buffer.from('{"format":"muster-snapshot"}\n'),
  [ORIGINAL]: Buffer.from(Array.from({ length: 3000 }, (_, n) => (n * n * 31) % 251)),
  [RENDITION]: Buffer.from(Array.from({ length: 700 }, (_, n) => (n * n * 17) % 253)),
};

/** Puts the contents into `folder` as files and resolves with what a backup is told of them. */
export function sourcesIn(folder: string, contents: Record<string, Buffer> = CONTENTS): BackupSource[] {
  return Object.entries(contents).map(([name, content]) => {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
    return { name, path, size: content.length };
  });
}

/** Writes a backup of the contents into `folder`, where nothing else is then, and resolves with its path. */
export async function backupIn(folder: string, contents = CONTENTS): Promise<string> {
  const path = join(folder, 'kiosk.zip');
  const sources = join(folder, 'sources');
  await writeBackup(path, about, sourcesIn(sources, contents));
  return path;
}

/** Every file below a folder with its content, by its path from there. */
export function filesBelow(folder: string): Record<string, Buffer> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return Object.fromEntries(
    files.map(({ parentPath, name }) => {
      const path = join(parentPath, name);
      return [path.slice(folder.length + 1).replaceAll('\\', '/'), readFileSync(path)];
    }),
  );
}

/** The problem that `work` ends with; both of its texts must be whole sentences that say what to do. */
export async function problemOf(work: Promise<unknown>): Promise<Problem> {
  const error = await work.then(
    () => new Error('there was no problem'),
    (reason: unknown) => reason,
  );
  if (!(error instanceof Problem)) throw error;
  expect(error.words.en).toMatch(/^[^\n\p{Cc}]+ Please [^\n\p{Cc}]+\.$/u);
  expect(error.words.zh).toMatch(/^[^\n\p{Cc}]+请[^\n\p{Cc}]+。$/u);
  expect(error.words.en + error.words.zh).not.toMatch(/undefined|\[object/);
  return error;
}

/** One entry of a zip file that is made by hand. */
export interface HandMade {
  name: string;
  content: Buffer;
  options?: Partial<Options>;
}

/** Writes a zip file with these entries, in this order, as no backup would be written. */
export async function zipByHand(path: string, entries: HandMade[], forceZip64Format = false): Promise<void> {
  const zip = new ZipFile();
  for (const { name, content, options } of entries) {
    zip.addBuffer(content, name, { forceZip64Format, ...options });
  }
  zip.end({ forceZip64Format, comment: '' });
  await once(zip.outputStream.pipe(createWriteStream(path)), 'close');
}

/** The manifest of these entries, with `changes`, as an entry. */
export function manifestOf(
  entries: HandMade[],
  changes: Partial<Record<keyof BackupManifest, unknown>> = {},
) {
  const files = entries.map(({ name, content }) => ({
    name,
    size: content.length,
    sha256: createHash('sha256').update(content).digest('hex'),
  }));
  const manifest = { ...about, files, ...changes } as BackupManifest;
  return { name: 'manifest.json', content: Buffer.from(manifestText(manifest)) };
}

/** Changes every place in a file that reads `from` into `to`, which is as long. */
export function patchFile(path: string, from: string | Buffer, to: string | Buffer): void {
  const [old, now] = [Buffer.from(from), Buffer.from(to)];
  expect(now.length).toBe(old.length);
  const bytes = readFileSync(path);
  let at = bytes.indexOf(old);
  expect(at).not.toBe(-1);
  for (; at !== -1; at = bytes.indexOf(old, at + 1)) now.copy(bytes, at);
  writeFileSync(path, bytes);
}

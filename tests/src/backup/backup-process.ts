/*
 * A process that writes, checks and extracts a backup of three files, and prints what memory that took:
 *
 *   node tests/src/backup/backup-process.ts FOLDER MEGABYTES
 */
import { mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { checkBackup } from '../../../src/backup/check-backup.ts';
import { extractBackup } from '../../../src/backup/extract-backup.ts';
import { writeBackup } from '../../../src/backup/write-backup.ts';
import { Problem } from '../../../src/domain/problem.ts';

/** In megabytes, except for `problem`. */
export interface BackupProcessReport {
  before: number;
  peak: number;
  heap: number;
  problem?: string;
}

const { positionals } = parseArgs({ allowPositionals: true });
const [folder, megabytes] = [positionals[0]!, Number(positionals[1])];
const target = join(folder, 'kiosk.zip');
const hash = 'ab'.repeat(32);
const names = [
  'store/journal-000000000001.jsonl',
  `photos/originals/ab/${hash}.jpg`,
  `photos/renditions/ab/${hash}-1920.jpg`,
];
const files = names.map((name, n) => {
  const path = join(folder, `source-${n}`);
  const size = Math.floor((megabytes / names.length) * 1024 * 1024);
  writeFileSync(path, '');
  truncateSync(path, size);
  return { name, path, size };
});
const about = {
  format: 'muster-backup',
  version: 1,
  gate: '5un844',
  lastSeq: 1,
  madeAt: '2026-11-22T21:30:00.000+08:00',
  kioskName: { en: 'Gate 2', zh: '二号门' },
  photos: true,
  counts: { events: 1, people: 1, visits: 1, photos: 1 },
} as const;

const before = process.resourceUsage().maxRSS / 1024;
let problem: string | undefined;
try {
  await writeBackup(target, about, files);
  await checkBackup(target);
  mkdirSync(join(folder, 'out'));
  await extractBackup(target, (name) => join(folder, 'out', name));
} catch (error) {
  if (!(error instanceof Problem)) throw error;
  problem = error.words.en;
}
const report: BackupProcessReport = {
  before,
  peak: process.resourceUsage().maxRSS / 1024,
  heap: process.memoryUsage().heapUsed / 1024 / 1024,
  ...(problem === undefined ? {} : { problem }),
};
console.log(JSON.stringify(report));

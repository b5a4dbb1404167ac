import type { Bilingual } from '../domain/bilingual.ts';

/** One file inside a backup: its name there, its size in bytes and its SHA-256 in hex. */
export interface BackupFile {
  name: string;
  size: number;
  sha256: string;
}

/** What a backup holds; the last entry in its zip file, because the hashes are known only then. */
export interface BackupManifest {
  format: 'muster-backup';
  version: 1;
  gate: string;
  /** Sequence number of the last event that is inside. */
  lastSeq: number;
  /** Wall time, ISO 8601. */
  madeAt: string;
  kioskName: Bilingual;
  /** Are the photos inside? */
  photos: boolean;
  counts: { events: number; people: number; visits: number; photos: number };
  files: BackupFile[];
}

/** A manifest before the files are read. */
export type BackupAbout = Omit<BackupManifest, 'files'>;

/** The format's name and the version that this code writes, the newest it reads. */
export const BACKUP_FORMAT = 'muster-backup';
export const BACKUP_VERSION = 1;
/** Name of the manifest among the entries of the zip file. */
export const MANIFEST_NAME = 'manifest.json';
/** The most bytes of a manifest, and the most entries of a backup. */
export const MAX_MANIFEST = 64 * 1024 * 1024;
export const MAX_ENTRIES = 1_000_000;

const STORE_FILE = /^store\/(journal|snapshot)-\d{12}\.jsonl$/;
const PHOTO_FILE =
  /^photos\/(originals|renditions)\/([0-9a-f]{2})\/\2[0-9a-f]{62}(-\d{1,5}(-r\d{2,3})?)?\.[a-z]{3,4}$/;

/** May a file of a backup have this name? No other name is ever written, read or restored. */
export function isBackupName(name: string): boolean {
  return STORE_FILE.test(name) || PHOTO_FILE.test(name);
}

/** A manifest as it is written, for people who open it, too. */
export function manifestText(manifest: BackupManifest): string {
  return `${JSON.stringify(manifest, null, 1)}\n`;
}

/** Is it a manifest of this version, with names that a backup may have, each of them once? */
export function isManifest(value: unknown): value is BackupManifest {
  if (!isRecord(value)) return false;
  const { format, version, gate, lastSeq, madeAt, kioskName, photos, counts, files } = value;
  return (
    format === BACKUP_FORMAT &&
    version === BACKUP_VERSION &&
    typeof gate === 'string' &&
    isCount(lastSeq) &&
    typeof madeAt === 'string' &&
    !Number.isNaN(Date.parse(madeAt)) &&
    isRecord(kioskName) &&
    typeof kioskName['en'] === 'string' &&
    typeof kioskName['zh'] === 'string' &&
    typeof photos === 'boolean' &&
    isRecord(counts) &&
    ['events', 'people', 'visits', 'photos'].every((what) => isCount(counts[what])) &&
    Array.isArray(files) &&
    files.length < MAX_ENTRIES &&
    files.every(isFile) &&
    new Set(files.map(({ name }) => name)).size === files.length &&
    isCount(files.reduce((sum, { size }) => sum + size, 0))
  );
}

/** Was it written by a Muster that is newer than this one? */
export function isNewer(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const { format, version } = value;
  if (typeof format !== 'string' || !format.startsWith(BACKUP_FORMAT)) return false;
  return format !== BACKUP_FORMAT || (isCount(version) && version > BACKUP_VERSION);
}

function isFile(value: unknown): value is BackupFile {
  if (!isRecord(value)) return false;
  const { name, size, sha256 } = value;
  return (
    typeof name === 'string' &&
    isBackupName(name) &&
    isCount(size) &&
    typeof sha256 === 'string' &&
    /^[0-9a-f]{64}$/.test(sha256)
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

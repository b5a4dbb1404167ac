import { randomUUID } from 'node:crypto';
import type { NewPhoto } from '../domain/photo.ts';
import { Problem } from '../domain/problem.ts';
import { importPhotos, type KnownAs } from '../photos/import-photos.ts';
import type { PhotoFiles } from '../photos/photo-files.ts';
import { startRenditionProcess } from '../photos/rendition-process.ts';
import type { SeenFiles } from '../photos/seen-files.ts';
import type { SkipReason } from '../photos/skip-reasons.ts';
import type { StartWorker } from '../processes/worker.ts';
import type { Ledger } from './ledger.ts';

/** What to import: a file or folder, and the album it goes to. */
export interface PhotoImport {
  path: string;
  albumName: string;
  sample?: true;
  /** Files below `path` that are meant; without them all are. */
  only?: readonly string[];
  /** Told how many files there are, and again when a zip file turns out to hold more. */
  onFound?: (files: number) => void;
  /** Called after each file with how many are done and the report so far. */
  onFile?: (done: number, file: string, report: Readonly<ImportReport>) => void;
  /** Stops the import after the photos that are under way; what is in stays. */
  signal?: AbortSignal;
}

/** What an import did. */
export interface ImportReport {
  /** The album of that name; absent when there is none, as nothing was added to it. */
  albumId?: string;
  added: number;
  /** Files whose content the library has already. */
  doubles: number;
  skipped: { file: string; reason: SkipReason }[];
}

/** Photos recorded with one event, so that an import that is cut short keeps what it has done. */
const BATCH = 50;

/**
 * Imports photos and records them; the files are on disk before the event that names them. Where the kiosk's disk gets
 * low it breaks off, and what is in stays.
 * @throws Problem `disk-low`; as `importPhotos`.
 */
export async function importIntoKiosk(
  ledger: Ledger,
  files: PhotoFiles,
  startWorker: StartWorker,
  { path, albumName, only, sample, onFound, onFile, signal }: PhotoImport,
  seen?: SeenFiles,
): Promise<ImportReport> {
  const report: ImportReport = { added: 0, doubles: 0, skipped: [] };
  let batch: NewPhoto[] = [];
  const record = async () => {
    const photos = batch;
    batch = [];
    if (photos.length === 0) return;
    const command = { type: 'add-photos' as const, albumName, photos, ...(sample && { sample }) };
    await ledger.run(command, { gestureId: randomUUID() }, 'admin');
    report.added += photos.length;
  };
  if (!sample) await requireRoom(ledger);
  const renditions = startRenditionProcess(() => startWorker('renditions'));
  try {
    let done = 0;
    const knownAs: KnownAs = (photoId) => {
      if (ledger.state.photos.has(photoId)) return 'here';
      return ledger.state.deletedPhotos.has(photoId) ? 'deleted' : undefined;
    };
    const room = () => requireRoom(ledger);
    const options = { only, onFound, signal, requireRoom: room, ...(seen && { seen }) };
    try {
      for await (const result of importPhotos(path, files, renditions, knownAs, options)) {
        if (result.outcome === 'added') batch.push(result.photo);
        else if (result.outcome === 'double') report.doubles++;
        else report.skipped.push({ file: result.file, reason: result.reason });
        if (batch.length >= BATCH) {
          await record();
          await requireRoom(ledger);
        }
        onFile?.(++done, result.file, report);
      }
    } finally {
      // Also when the import breaks off: what is on disk by then is kept.
      await record();
    }
  } finally {
    renditions.close();
  }
  const album = [...ledger.state.albums.values()].find(
    (album) => album.name === albumName && album.sample === sample,
  );
  return { ...(album && { albumId: album.albumId }), ...report };
}

/** Photos never take the room that sign-ins need. @throws Problem `disk-low`. */
export async function requireRoom(ledger: Ledger): Promise<void> {
  const { level, freeBytes } = await ledger.measureSpace();
  if (level === 'ample') return;
  const free = `${Math.round(freeBytes / 1024 / 1024)} MB`;
  throw new Problem('disk-low', {
    en: `The kiosk's disk has only ${free} left, which are kept for sign-ins: no photos are imported. Please free some space and start again.`,
    zh: `主机磁盘仅剩 ${free}，须留给签到，暂不导入照片。请清理磁盘空间后重试。`,
  });
}

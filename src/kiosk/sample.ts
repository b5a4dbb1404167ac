import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import type { Role } from '../domain/role.ts';
import { removePhotoFiles, type PhotoFiles } from '../photos/photo-files.ts';
import type { StartWorker } from '../processes/worker.ts';
import { SAMPLE } from '../sample/volunteer-evening.ts';
import { importIntoKiosk } from './import-photos.ts';
import type { Ledger } from './ledger.ts';

const ALBUM_FOLDER = fileURLToPath(new URL('../../src/sample/album/', import.meta.url));

/** Brings the sample evening and its album, unless it is here or was removed here before. */
export async function addSample(
  ledger: Ledger,
  files: PhotoFiles,
  startWorker: StartWorker,
): Promise<boolean> {
  const { state } = ledger;
  const isHere = [...state.activities.values()].some((activity) => activity.sample);
  if (isHere || state.sampleRemoved) return false;
  await importIntoKiosk(ledger, files, startWorker, {
    path: ALBUM_FOLDER,
    albumName: '志愿服务之夜 Volunteer evening',
    sample: true,
  });
  await ledger.run({ type: 'add-sample', sample: SAMPLE }, { gestureId: randomUUID() }, 'admin');
  return true;
}

/**
 * Forgets everything that is marked as sample, then removes its photos from disk; a file that stays there is
 * reported and fails nothing, as the event is on disk. @throws Refusal `sample-absent`.
 */
export async function removeSample(
  ledger: Ledger,
  files: PhotoFiles,
  input: { gestureId: string },
  role: Role,
): Promise<{ visits: number }> {
  const photoIds = [...ledger.state.photos.values()]
    .filter((photo) => photo.sample)
    .map((photo) => photo.photoId);
  const answer = await ledger.run<{ visits: number }>({ type: 'remove-sample' }, input, role);
  for (const photoId of photoIds) await removePhotoFiles(files, photoId).catch(ledger.onFault);
  return answer;
}

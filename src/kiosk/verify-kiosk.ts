import { join } from 'node:path';
import { photoFiles } from '../photos/photo-files.ts';
import { verifyPhotos } from '../photos/verify-photos.ts';
import { nodeFileSystem } from '../store/node-file-system.ts';
import { verifyStore } from '../store/verify-store.ts';
import { openKiosk } from './open-kiosk.ts';

/** What `muster verify` found. */
export interface Verification {
  ok: boolean;
  events: number;
  snapshots: number;
  photos: number;
  people: number;
  visits: number;
  problems: string[];
}

/** Checks every checksum of the store, then that every photo is whole, then counts. @throws Problem as `openKiosk`. */
export async function verifyKiosk(dataFolder: string): Promise<Verification> {
  const store = await verifyStore(nodeFileSystem, join(dataFolder, 'store'));
  if (store.problems.length > 0) return { ok: false, ...store, photos: 0, people: 0, visits: 0 };
  const kiosk = await openKiosk(dataFolder);
  try {
    const { photos, people, visits } = kiosk.state;
    const problems = await verifyPhotos(photos.keys(), photoFiles(dataFolder));
    return {
      ok: problems.length === 0,
      events: store.events,
      snapshots: store.snapshots,
      photos: photos.size,
      people: people.size,
      visits: visits.size,
      problems,
    };
  } finally {
    await kiosk.close();
  }
}

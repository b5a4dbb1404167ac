import { join } from 'node:path';
import type { Bilingual } from '../domain/bilingual.ts';
import { emptyState } from '../domain/state.ts';
import { photoFiles } from '../photos/photo-files.ts';
import { verifyPhotos } from '../photos/verify-photos.ts';
import { nodeFileSystem } from '../store/node-file-system.ts';
import { recover } from '../store/recovery.ts';
import { lockDataFolder } from '../store/store-lock.ts';
import { verifyStore } from '../store/verify-store.ts';
import { foldInto } from './ledger.ts';

/** What `muster verify` found. What a broken store holds is not known, so it is not counted. */
export interface Verification {
  ok: boolean;
  events: number;
  snapshots: number;
  photos?: number;
  people?: number;
  visits?: number;
  problems: Bilingual[];
}

/**
 * Checks every checksum of the store, then that every photo is whole, then counts; under the store's lock, and
 * without a repair. @throws Problem as `openKiosk`.
 */
export async function verifyKiosk(dataFolder: string): Promise<Verification> {
  const folder = join(dataFolder, 'store');
  const unlock = await lockDataFolder(nodeFileSystem, dataFolder);
  try {
    const store = await verifyStore(nodeFileSystem, folder);
    if (store.problems.length > 0) return { ok: false, ...store };
    const state = emptyState();
    await recover(nodeFileSystem, folder, foldInto(state, dataFolder));
    const { photos, people, visits } = state;
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
    unlock();
  }
}

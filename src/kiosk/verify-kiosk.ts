import { join } from 'node:path';
import type { Bilingual } from '../domain/bilingual.ts';
import { emptyState } from '../domain/state.ts';
import { photoFiles } from '../photos/photo-files.ts';
import { nodeFileSystem } from '../store/node-file-system.ts';
import { recover } from '../store/recovery.ts';
import { lockDataFolder } from '../store/store-lock.ts';
import { verifyStore } from '../store/verify-store.ts';
import { foldInto } from './ledger.ts';
import { verifyPhotosOf, type CheckTelling } from './upkeep/verify-photos-of.ts';

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

const UNTOLD: CheckTelling = { signal: new AbortController().signal, progress: () => undefined };

/**
 * Checks every checksum of the store, then that every photo is whole, then counts; under the store's lock, and
 * without a repair. @throws Problem as `openKiosk`; the signal's reason.
 */
export async function verifyKiosk(dataFolder: string, telling = UNTOLD): Promise<Verification> {
  const folder = join(dataFolder, 'store');
  const unlock = await lockDataFolder(nodeFileSystem, dataFolder);
  try {
    const store = await verifyStore(nodeFileSystem, folder);
    if (store.problems.length > 0) return { ok: false, ...store };
    const state = emptyState();
    await recover(nodeFileSystem, folder, foldInto(state, dataFolder));
    const { photos, people, visits } = state;
    const problems = await verifyPhotosOf(state, photoFiles(dataFolder), telling);
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

/** What was found, in one line. */
export function wordsOfCheck({ ok, events, snapshots, people, visits, photos }: Verification): Bilingual {
  const isRead = photos !== undefined;
  return {
    en: `${ok ? 'All is well' : 'Something is wrong'}: ${events} events, ${snapshots} snapshots${isRead ? `, ${people} people, ${visits} visits, ${photos} photos` : ''}.`,
    zh: `${ok ? '一切正常' : '发现问题'}：事件 ${events}，快照 ${snapshots}${isRead ? `，人员 ${people}，签到 ${visits}，照片 ${photos}` : ''}。`,
  };
}

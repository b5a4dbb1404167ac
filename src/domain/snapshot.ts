import type { Activity } from './activity.ts';
import type { Attempt } from './attempt.ts';
import { leaveKey, type Leave } from './leave.ts';
import type { Category } from './category.ts';
import type { ClockJump } from './clock-jump.ts';
import { writtenByNewer } from './evolve.ts';
import type { Gesture } from './event.ts';
import type { Person, Receipt } from './person.ts';
import type { Album, DeletedPhoto, Photo } from './photo.ts';
import type { Settings } from './settings.ts';
import { DEFAULT_SETTINGS } from './settings.ts';
import type { Show } from './show.ts';
import type { Slogan } from './slogan.ts';
import { putVisit, type Backup, type Repair, type State, type TimesDropped } from './state.ts';
import type { Visit } from './visit.ts';

/** The state as a flat run of records, one line each in a snapshot file. */
export type SnapshotRecord =
  | { kind: 'settings'; record: Settings }
  | { kind: 'category'; record: Category }
  | { kind: 'activity'; record: Activity }
  | { kind: 'person'; record: Person }
  | { kind: 'visit'; record: Visit }
  | { kind: 'slogan'; record: Slogan }
  | { kind: 'album'; record: Album }
  | { kind: 'photo'; record: Photo }
  | { kind: 'deleted-photo'; record: DeletedPhoto }
  | { kind: 'show'; record: Show }
  | { kind: 'gesture'; record: Gesture }
  | { kind: 'receipt'; record: Receipt }
  | { kind: 'removed-person'; record: string }
  | { kind: 'times-dropped'; record: TimesDropped }
  | { kind: 'clock-jump'; record: ClockJump }
  | { kind: 'clock-shift'; record: number }
  | { kind: 'repair'; record: Repair }
  | { kind: 'backup'; record: Backup }
  | { kind: 'begun-backup'; record: Backup }
  | { kind: 'leave'; record: Leave }
  | { kind: 'attempt'; record: Attempt }
  | { kind: 'sample-removed'; record: boolean };

/** Everything in the state but what is derived; visits in order of arrival. */
export function* snapshotRecords(state: State): Generator<SnapshotRecord> {
  yield { kind: 'settings', record: state.settings };
  yield { kind: 'sample-removed', record: state.sampleRemoved };
  for (const record of state.categories.values()) yield { kind: 'category', record };
  for (const record of state.activities.values()) yield { kind: 'activity', record };
  for (const record of state.people.values()) yield { kind: 'person', record };
  for (const record of state.visits.values()) yield { kind: 'visit', record };
  for (const record of state.slogans.values()) yield { kind: 'slogan', record };
  for (const record of state.albums.values()) yield { kind: 'album', record };
  for (const record of state.photos.values()) yield { kind: 'photo', record };
  for (const record of state.deletedPhotos.values()) yield { kind: 'deleted-photo', record };
  for (const record of state.shows.values()) yield { kind: 'show', record };
  for (const record of state.gestures.values()) yield { kind: 'gesture', record };
  for (const record of state.receipts.values()) yield { kind: 'receipt', record };
  for (const record of state.removedPeople) yield { kind: 'removed-person', record };
  if (state.timesDropped) yield { kind: 'times-dropped', record: state.timesDropped };
  for (const record of state.clockJumps.values()) yield { kind: 'clock-jump', record };
  yield { kind: 'clock-shift', record: state.clockShiftMs };
  for (const record of state.leaves.values()) yield { kind: 'leave', record };
  for (const record of state.attempts) yield { kind: 'attempt', record };
  for (const record of state.repairs) yield { kind: 'repair', record };
  for (const record of state.backups.values()) yield { kind: 'backup', record };
  for (const record of state.begunBackups.values()) yield { kind: 'begun-backup', record };
}

/** Puts one snapshot record back into the state it is given. */
export function restoreRecord(state: State, stored: SnapshotRecord): void {
  const { kind, record } = stored;
  switch (kind) {
    case 'settings':
      state.settings = { ...DEFAULT_SETTINGS, ...record };
      return;
    case 'sample-removed':
      state.sampleRemoved = record;
      return;
    case 'category':
      state.categories.set(record.categoryId, record);
      return;
    case 'activity':
      state.activities.set(record.activityId, record);
      return;
    case 'person':
      state.people.set(record.personId, record);
      return;
    case 'visit':
      putVisit(state, record);
      return;
    case 'slogan':
      state.slogans.set(record.sloganId, record);
      return;
    case 'album':
      state.albums.set(record.albumId, record);
      return;
    case 'photo':
      state.photos.set(record.photoId, record);
      return;
    case 'deleted-photo':
      state.deletedPhotos.set(record.photoId, record);
      return;
    case 'show':
      state.shows.set(record.showId, record);
      return;
    case 'gesture':
      state.gestures.set(record.id, record);
      return;
    case 'receipt':
      // The first ones had no number: they came before every backup that is still to be cleared.
      state.receipts.set(record.personId, { ...record, seq: record.seq ?? 0 });
      return;
    case 'removed-person':
      state.removedPeople.add(record);
      return;
    case 'times-dropped':
      state.timesDropped = record;
      return;
    case 'clock-jump':
      state.clockJumps.set(record.jumpId, record);
      return;
    case 'clock-shift':
      state.clockShiftMs = record;
      return;
    case 'leave':
      state.leaves.set(leaveKey(record), record);
      return;
    case 'attempt':
      state.attempts.push(record);
      return;
    case 'repair':
      state.repairs.push(record);
      return;
    case 'backup':
      state.backups.set(record.path, record);
      return;
    case 'begun-backup':
      state.begunBackups.set(record.path, record);
      return;
    default:
      throw writtenByNewer((stored as SnapshotRecord).kind);
  }
}

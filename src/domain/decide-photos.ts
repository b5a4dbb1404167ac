import type { Command } from './command.ts';
import type { Decision, Next } from './decision.ts';
import { Refusal } from './refusal.ts';
import type { State } from './state.ts';

/** Records imported photos in the album of that name, which is made where there is none. */
export function addPhotos(
  state: State,
  next: Next,
  command: Extract<Command, { type: 'add-photos' }>,
): Decision {
  const known = [...state.albums.values()].find(
    (album) => album.name === command.albumName && album.sample === command.sample,
  );
  const sample = command.sample && { sample: command.sample };
  const album = known ?? { albumId: next.id, name: command.albumName, ...sample };
  const { albumId } = album;
  const unknown = command.photos.filter(
    ({ photoId }) => !state.photos.has(photoId) && !state.deletedPhotos.has(photoId),
  );
  const waiting = state.settings.photosWait && !sample && { waiting: true as const };
  const byId = new Map(unknown.map((photo) => [photo.photoId, { ...photo, albumId, ...waiting, ...sample }]));
  const photos = [...byId.values()];
  const answer = { albumId, added: photos.length };
  if (photos.length === 0) return { answer };
  return { event: { type: 'photos-added', data: { album, photos } }, answer };
}

/** Moves photos to another album. */
export function movePhotos(state: State, albumId: string, photoIds: string[]): Decision {
  if (!state.albums.has(albumId)) throw new Refusal({ code: 'album-unknown' });
  if (!photoIds.every((photoId) => state.photos.has(photoId))) throw new Refusal({ code: 'photo-unknown' });
  const moving = [...new Set(photoIds)].filter((photoId) => state.photos.get(photoId)?.albumId !== albumId);
  const answer = { albumId, moved: moving.length };
  if (moving.length === 0) return { answer };
  return { event: { type: 'photos-moved', data: { albumId, photoIds: moving } }, answer };
}

/** Keeps the photos of an album from all screens until then; null shows them at once. */
export function revealAlbum(state: State, albumId: string, revealAt: string | null): Decision {
  const album = state.albums.get(albumId);
  if (!album) throw new Refusal({ code: 'album-unknown' });
  const { revealAt: before, ...rest } = album;
  if ((before ?? null) === revealAt) return { answer: { albumId } };
  const changed = { ...rest, ...(revealAt !== null && { revealAt }) };
  return { event: { type: 'album-saved', data: { album: changed } }, answer: { albumId } };
}

/** Gives an album another name, which no other may have. */
export function renameAlbum(state: State, albumId: string, name: string): Decision {
  const album = state.albums.get(albumId);
  if (!album) throw new Refusal({ code: 'album-unknown' });
  for (const other of state.albums.values()) {
    if (other.name === name && other.albumId !== albumId)
      throw new Refusal({ code: 'album-name-taken', name });
  }
  return { event: { type: 'album-saved', data: { album: { ...album, name } } }, answer: { albumId } };
}

import {
  PHOTO_FILTERS,
  type AlbumView,
  type LibraryPhoto,
  type PhotoFilter,
  type PhotoView,
} from '../../api/photos-api.ts';
import { burstsOf } from '../../domain/bursts.ts';
import { mayBeSeen, type Photo, type Turn } from '../../domain/photo.ts';
import type { State } from '../../domain/state.ts';
import { removeDeletedPhotos } from '../deleted-photos.ts';
import type { PhotoImports } from '../photo-imports.ts';
import type { PhotoWatch } from '../photo-watch.ts';
import { findPlaces, folderInPlaces } from '../places.ts';
import type { HandlersOf, Parts } from './parts.ts';
import { refuseUnwritable } from './refuse-unwritable.ts';

/** What the photo handlers work with besides. */
export interface PhotoParts {
  imports: PhotoImports;
  watch: Pick<PhotoWatch, 'view'>;
  /** The ticket that shows a photo to the office even when it is hidden. */
  ticketOf(photoId: string): string;
  /** Makes a photo's copies anew, turned so far; resolves with its thumbhash. */
  turn(photoId: string, turned: Turn): Promise<string>;
}

/** Answers `photos.*`. */
export function photoHandlers(
  { ledger, clock, files }: Parts,
  { imports, watch, ticketOf, turn }: PhotoParts,
): HandlersOf<'photos'> {
  const { state } = ledger;
  return {
    'photos.list': ({ albumId }) => ({ photos: shownPhotos(state, clock.now(), albumId) }),
    'photos.library'({ albumId, filter, offset, limit }) {
      const photos = [...state.photos.values()]
        .filter((photo) => (albumId === undefined || photo.albumId === albumId) && FILTERS[filter](photo))
        .reverse();
      return {
        photos: photos.slice(offset, offset + limit).map((photo) => libraryPhoto(photo, ticketOf)),
        total: photos.length,
        albums: albumsOf(state),
        counts: countsOf(state),
      };
    },
    'photos.hide'(input, { role }) {
      const { photoId, hidden } = input;
      return ledger.run({ type: 'hide-photo', photoId, hidden }, input, role);
    },
    'photos.takeDown'(input, { role }) {
      return ledger.run({ type: 'take-photo-down', photoId: input.photoId }, input, role);
    },
    'photos.putBack'(input, { role }) {
      const { photoId, takenDownBy } = input;
      return ledger.run({ type: 'put-photo-back', photoId, takenDownBy }, input, role);
    },
    'photos.accept'(input, { role }) {
      return ledger.run({ type: 'accept-photos', photoIds: input.photoIds }, input, role);
    },
    'photos.describe'(input, { role }) {
      const { gestureId: _, ...words } = input;
      return ledger.run({ type: 'describe-photo', ...words }, input, role);
    },
    async 'photos.turn'(input, { role }) {
      const { photoId, turned } = input;
      const thumbhash = await turn(photoId, turned);
      return ledger.run({ type: 'turn-photo', photoId, turned, thumbhash }, input, role);
    },
    async 'photos.delete'(input, { role }) {
      const { photoIds } = input;
      const answer = await ledger.run<{ deleted: number }>({ type: 'delete-photos', photoIds }, input, role);
      await removeDeletedPhotos(photoIds, files);
      return answer;
    },
    'photos.deleted': () => ({ photos: [...state.deletedPhotos.values()].reverse() }),
    'photos.readmit'(input, { role }) {
      return ledger.run({ type: 'readmit-photos', photoIds: input.photoIds }, input, role);
    },
    'photos.revealAlbum'(input, { role }) {
      const { albumId, revealAt } = input;
      return ledger.run({ type: 'reveal-album', albumId, revealAt }, input, role);
    },
    'photos.move'(input, { role }) {
      const { albumId, photoIds } = input;
      return ledger.run({ type: 'move-photos', albumId, photoIds }, input, role);
    },
    'photos.renameAlbum'(input, { role }) {
      const { albumId, name } = input;
      return ledger.run({ type: 'rename-album', albumId, name }, input, role);
    },
    async 'photos.importFolder'({ path, albumName }) {
      const folder = await folderInPlaces(path, await findPlaces());
      return { importId: await imports.startFolder(folder, albumName).catch(refuseUnwritable) };
    },
    async 'photos.beginUpload'({ albumName, files }) {
      const { importId, ticket } = await imports.beginUpload(albumName, files).catch(refuseUnwritable);
      return { importId, uploadUrl: `/uploads/photos/${ticket}` };
    },
    'photos.imports': () => ({ imports: imports.list() }),
    'photos.watch': () => ({ watch: watch.view() }),
    async 'photos.readImport'({ importId }) {
      await imports.read(importId);
      return { importId };
    },
    'photos.cancelImport'({ importId }) {
      imports.cancel(importId);
      return { importId };
    },
  };
}

/** The photos that may be seen, oldest import first. */
export function shownPhotos(state: State, now: string, albumId?: string): PhotoView[] {
  const shown = [...state.photos.values()].filter(
    (photo) =>
      (albumId === undefined || photo.albumId === albumId) &&
      mayBeSeen(photo, state.albums.get(photo.albumId), now),
  );
  const bursts = burstsOf(shown);
  return shown.map((photo) => {
    const burst = bursts.get(photo.photoId);
    return { ...photoView(photo), ...(burst !== undefined && { burst }) };
  });
}

function photoView(photo: Photo): PhotoView {
  const {
    photoId,
    width,
    height,
    turned,
    focus,
    focusByHand,
    colour,
    thumbhash,
    caption,
    takenAt,
    favourite,
  } = photo;
  const aim = focusByHand ?? focus;
  return {
    photoId,
    width,
    height,
    ...(turned !== undefined && { turned }),
    ...(aim && { focus: { x: aim.x, y: aim.y } }),
    ...(colour !== undefined && { colour }),
    ...(thumbhash !== undefined && { thumbhash }),
    ...(caption && { caption }),
    ...(takenAt !== undefined && { takenAt }),
    ...(favourite && { favourite }),
  };
}

function libraryPhoto(photo: Photo, ticketOf: PhotoParts['ticketOf']): LibraryPhoto {
  const { photoId, albumId, fileName, hidden = false, waiting = false, turned = 0 } = photo;
  // The office always gets a ticket: an album may be kept back, too.
  const address = (edge: number) =>
    `/photos/${photoId}/${edge}.jpg?${new URLSearchParams({ turned: String(turned), ticket: ticketOf(photoId) })}`;
  return {
    ...photoView(photo),
    albumId,
    fileName,
    hidden,
    waiting,
    takenDownAt: photo.takenDown?.at ?? null,
    focusBy: photo.focusByHand ? 'hand' : (photo.focus?.by ?? null),
    thumbnail: address(480),
    picture: address(1920),
  };
}

const FILTERS: Record<PhotoFilter, (photo: Photo) => boolean> = {
  all: () => true,
  waiting: (photo) => photo.waiting === true,
  hidden: (photo) => photo.hidden === true,
  'taken-down': (photo) => photo.takenDown !== undefined,
  favourites: (photo) => photo.favourite === true,
};

function countsOf(state: State): Record<PhotoFilter, number> {
  const counts = Object.fromEntries(PHOTO_FILTERS.map((filter) => [filter, 0])) as Record<
    PhotoFilter,
    number
  >;
  for (const photo of state.photos.values())
    for (const filter of PHOTO_FILTERS) if (FILTERS[filter](photo)) counts[filter]++;
  return counts;
}

function albumsOf(state: State): AlbumView[] {
  const counts = new Map<string, number>();
  for (const { albumId } of state.photos.values()) counts.set(albumId, (counts.get(albumId) ?? 0) + 1);
  return Array.from(state.albums.values(), ({ albumId, name, revealAt, sample }) => ({
    albumId,
    name,
    revealAt: revealAt ?? null,
    photos: counts.get(albumId) ?? 0,
    sample: sample ?? false,
  }));
}

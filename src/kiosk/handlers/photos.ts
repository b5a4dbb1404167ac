import type { AlbumView, PhotoView } from '../../api/photos-api.ts';
import type { State } from '../../domain/state.ts';
import type { PhotoImports } from '../photo-imports.ts';
import { findPlaces, folderInPlaces } from '../places.ts';
import type { HandlersOf, Parts } from './parts.ts';
import { refuseUnwritable } from './refuse-unwritable.ts';

/** What the photo handlers work with besides. */
export interface PhotoParts {
  imports: PhotoImports;
  /** The ticket that shows a photo to the office even when it is hidden. */
  ticketOf(photoId: string): string;
}

/** Answers `photos.*`. */
export function photoHandlers({ ledger }: Parts, { imports, ticketOf }: PhotoParts): HandlersOf<'photos'> {
  const { state } = ledger;
  return {
    'photos.list': ({ albumId }) => ({ photos: shownPhotos(state, albumId) }),
    'photos.library'({ albumId, offset, limit }) {
      const photos = [...state.photos.values()]
        .filter((photo) => albumId === undefined || photo.albumId === albumId)
        .reverse();
      return {
        photos: photos.slice(offset, offset + limit).map(({ photoId, width, height, ...photo }) => ({
          photoId,
          width,
          height,
          albumId: photo.albumId,
          fileName: photo.fileName,
          hidden: photo.hidden ?? false,
          thumbnail: `/photos/${photoId}/480.jpg${photo.hidden ? `?ticket=${ticketOf(photoId)}` : ''}`,
        })),
        total: photos.length,
        albums: albumsOf(state),
      };
    },
    'photos.hide'(input, { role }) {
      const { photoId, hidden } = input;
      return ledger.run({ type: 'hide-photo', photoId, hidden }, input, role);
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
      return { importId: imports.startFolder(folder, albumName) };
    },
    async 'photos.beginUpload'({ albumName, files }) {
      const { importId, ticket } = await imports.beginUpload(albumName, files).catch(refuseUnwritable);
      return { importId, uploadUrl: `/uploads/photos/${ticket}` };
    },
    'photos.imports': () => ({ imports: imports.list() }),
    'photos.cancelImport'({ importId }) {
      imports.cancel(importId);
      return { importId };
    },
  };
}

/** The photos that may be seen, oldest import first. */
export function shownPhotos(state: State, albumId?: string): PhotoView[] {
  const shown = [...state.photos.values()].filter(
    (photo) => !photo.hidden && (albumId === undefined || photo.albumId === albumId),
  );
  return shown.map(({ photoId, width, height }) => ({ photoId, width, height }));
}

function albumsOf(state: State): AlbumView[] {
  const counts = new Map<string, number>();
  for (const { albumId } of state.photos.values()) counts.set(albumId, (counts.get(albumId) ?? 0) + 1);
  return Array.from(state.albums.values(), ({ albumId, name, sample }) => ({
    albumId,
    name,
    photos: counts.get(albumId) ?? 0,
    sample: sample ?? false,
  }));
}

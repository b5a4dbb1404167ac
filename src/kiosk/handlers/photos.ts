import type { PhotoView } from '../../api/photos-api.ts';
import type { State } from '../../domain/state.ts';
import type { HandlersOf, Parts } from './parts.ts';

/** Answers `photos.*`. */
export function photoHandlers({ ledger }: Parts): HandlersOf<'photos'> {
  return {
    'photos.list': ({ albumId }) => ({ photos: shownPhotos(ledger.state, albumId) }),
    'photos.hide'(input, { role }) {
      const { photoId, hidden } = input;
      return ledger.run({ type: 'hide-photo', photoId, hidden }, input, role);
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

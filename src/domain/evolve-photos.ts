import type { Event } from './event.ts';
import { turnPoint, type Photo, type PhotoWords, type Turn } from './photo.ts';
import type { State } from './state.ts';

/** An event about photos that are in the library. */
export type PhotoEvent = Extract<
  Event,
  {
    type:
      | 'photo-hidden'
      | 'photo-taken-down'
      | 'photos-accepted'
      | 'photo-described'
      | 'photo-turned'
      | 'photos-moved'
      | 'photos-deleted'
      | 'photos-readmitted';
  }
>;

/** Folds an event about photos into the state. Photos that are not there any more are passed over. */
export function evolvePhotos(state: State, event: PhotoEvent): void {
  switch (event.type) {
    case 'photo-hidden': {
      const { photoId, hidden } = event.data;
      change(state, [photoId], ({ hidden: _, takenDown: __, ...shown }) =>
        hidden ? { ...shown, hidden } : shown,
      );
      return;
    }
    case 'photo-taken-down': {
      const { at, gesture } = event;
      const takenDown = { at, gestureId: gesture?.id ?? '' };
      change(state, [event.data.photoId], (photo) => ({ ...photo, hidden: true, takenDown }));
      return;
    }
    case 'photos-accepted':
      change(state, event.data.photoIds, ({ waiting: _, ...accepted }) => accepted);
      return;
    case 'photo-described':
      change(state, [event.data.photoId], (photo) => describe(photo, event.data));
      return;
    case 'photo-turned': {
      const { photoId, turned, thumbhash } = event.data;
      change(state, [photoId], (photo) => ({ ...turn(photo, turned), thumbhash }));
      return;
    }
    case 'photos-moved':
      change(state, event.data.photoIds, (photo) => ({ ...photo, albumId: event.data.albumId }));
      return;
    case 'photos-deleted':
      for (const photoId of event.data.photoIds) {
        const photo = state.photos.get(photoId);
        if (!photo) continue;
        state.photos.delete(photoId);
        state.deletedPhotos.set(photoId, { photoId, fileName: photo.fileName, at: event.at });
      }
      return;
    case 'photos-readmitted':
      for (const photoId of event.data.photoIds) state.deletedPhotos.delete(photoId);
  }
}

function change(state: State, photoIds: readonly string[], to: (photo: Photo) => Photo): void {
  for (const photoId of photoIds) {
    const photo = state.photos.get(photoId);
    if (photo) state.photos.set(photoId, to(photo));
  }
}

function describe(photo: Photo, { caption, favourite, focus }: PhotoWords): Photo {
  const { caption: hadCaption, favourite: wasFavourite, focusByHand: hadFocus, ...rest } = photo;
  const words = caption === undefined ? hadCaption : (caption ?? undefined);
  const loved = favourite === undefined ? wasFavourite : favourite || undefined;
  const aim = focus === undefined ? hadFocus : (focus ?? undefined);
  return {
    ...rest,
    ...(words && { caption: words }),
    ...(loved && { favourite: true as const }),
    ...(aim && { focusByHand: aim }),
  };
}

function turn(photo: Photo, turned: Turn): Photo {
  const { turned: before = 0, width, height, focus, focusByHand, ...rest } = photo;
  const degrees = ((turned - before + 360) % 360) as Turn;
  const lies = degrees % 180 !== 0;
  return {
    ...rest,
    ...(lies ? { width: height, height: width } : { width, height }),
    ...(focus && { focus: turnPoint(focus, degrees) }),
    ...(focusByHand && { focusByHand: turnPoint(focusByHand, degrees) }),
    ...(turned !== 0 && { turned }),
  };
}

import { z } from 'zod';
import { changing, id, operation, resultOf } from './operation.ts';

/** A photo that may be seen. */
export interface PhotoView {
  photoId: string;
  /** Pixels, after orientation. */
  width: number;
  height: number;
}

/** What can be asked about photos. */
export const photosApi = {
  /** Photos that may be shown, oldest import first. The picture is at `/photos/<photoId>/<long edge>.jpg`. */
  'photos.list': operation(
    'screen',
    z.strictObject({ albumId: id.exactOptional() }),
    resultOf<{ photos: PhotoView[] }>(),
  ),
  'photos.hide': operation(
    'admin',
    changing({ photoId: id, hidden: z.boolean() }),
    resultOf<{ photoId: string; hidden: boolean }>(),
  ),
};

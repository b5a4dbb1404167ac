import { z } from 'zod';
import type { Bilingual } from '../domain/bilingual.ts';
import { changing, id, line, operation, resultOf } from './operation.ts';

/** A photo that may be seen. */
export interface PhotoView {
  photoId: string;
  /** Pixels, after orientation. */
  width: number;
  height: number;
}

/** A photo as the office sees it, hidden ones included. */
export interface LibraryPhoto extends PhotoView {
  albumId: string;
  fileName: string;
  hidden: boolean;
  /** Address of the small picture; it works for a hidden one, too, until the kiosk restarts. */
  thumbnail: string;
}

/** An album with how many photos it holds, hidden ones included. */
export interface AlbumView {
  albumId: string;
  name: string;
  photos: number;
  sample: boolean;
}

/** One import of photos, under way or done. */
export interface PhotoImportView {
  importId: string;
  albumName: string;
  /** `failed`: it broke off, as `trouble` says; what was in by then is kept. */
  state: 'waiting' | 'running' | 'done' | 'cancelled' | 'failed';
  /** Files looked at so far, and how many there are; null until they are counted. */
  done: number;
  total: number | null;
  added: number;
  doubles: number;
  skipped: { file: string; words: Bilingual }[];
  trouble: Bilingual | null;
}

const albumName = line(80);

/** What can be asked about photos. Codes: `place-unknown`, `import-unknown` and what does not exist. */
export const photosApi = {
  /** Photos that may be shown, oldest import first. The picture is at `/photos/<photoId>/<long edge>.jpg`. */
  'photos.list': operation(
    'screen',
    z.strictObject({ albumId: id.exactOptional() }),
    resultOf<{ photos: PhotoView[] }>(),
  ),
  /** All photos and albums for the office, newest import first. */
  'photos.library': operation(
    'editor',
    z.strictObject({
      albumId: id.exactOptional(),
      offset: z.int().min(0).default(0),
      limit: z.int().min(1).max(500).default(100),
    }),
    resultOf<{ photos: LibraryPhoto[]; total: number; albums: AlbumView[] }>(),
  ),
  'photos.hide': operation(
    'editor',
    changing({ photoId: id, hidden: z.boolean() }),
    resultOf<{ photoId: string; hidden: boolean }>(),
  ),
  'photos.move': operation(
    'editor',
    changing({ albumId: id, photoIds: z.array(id).min(1).max(500) }),
    resultOf<{ albumId: string; moved: number }>(),
  ),
  'photos.renameAlbum': operation(
    'editor',
    changing({ albumId: id, name: albumName }),
    resultOf<{ albumId: string }>(),
  ),
  /** Starts importing a folder of one of the places. One import runs at a time, the others wait. */
  'photos.importFolder': operation(
    'editor',
    z.strictObject({ path: z.string().min(1).max(4096), albumName }),
    resultOf<{ importId: string }>(),
  ),
  /** Opens an import for files from a browser: each is sent with POST to `uploadUrl?name=<file name>`. */
  'photos.beginUpload': operation(
    'editor',
    z.strictObject({ albumName }),
    resultOf<{ importId: string; uploadUrl: string }>(),
  ),
  /** All files are there: the import starts. */
  'photos.endUpload': operation('editor', z.strictObject({ importId: id }), resultOf<{ importId: string }>()),
  /** The imports since the kiosk started, newest first. */
  'photos.imports': operation('editor', z.strictObject({}), resultOf<{ imports: PhotoImportView[] }>()),
  /** Stops an import after the photo that is under way; what is in stays. */
  'photos.cancelImport': operation(
    'editor',
    z.strictObject({ importId: id }),
    resultOf<{ importId: string }>(),
  ),
};

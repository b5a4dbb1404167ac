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

/** How many left-out files an import lists. */
export const LEFT_OUT_LIMIT = 200;

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
  /** The first `LEFT_OUT_LIMIT` of the files that were left out; `leftOut` counts all. */
  skipped: { file: string; words: Bilingual }[];
  leftOut: number;
  /**
   * Of an upload: how many files have arrived whole, how many were to come (null where nobody said), and whether
   * the sending is over. Null of a folder.
   */
  sent: { arrived: number; files: number | null; over: boolean } | null;
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
  /**
   * Opens an import for files from a browser; `files`: how many will come. Each is sent with POST to
   * `uploadUrl?name=<file name>`, and after the last one comes POST to `uploadUrl/end`. The address is the right to
   * do so, for this import only, also after the office was locked; without `/end` the sending is over when nothing
   * has come for five minutes. Then what has arrived is imported. Code: `target-unwritable`.
   */
  'photos.beginUpload': operation(
    'editor',
    z.strictObject({ albumName, files: z.int().min(1).max(1_000_000).exactOptional() }),
    resultOf<{ importId: string; uploadUrl: string }>(),
  ),
  /** The imports since the kiosk started, newest first. */
  'photos.imports': operation('editor', z.strictObject({}), resultOf<{ imports: PhotoImportView[] }>()),
  /**
   * Stops an import after the photo that is under way; what is in stays. Of an upload that is still being sent it
   * stops the sending: what has arrived is imported.
   */
  'photos.cancelImport': operation(
    'editor',
    z.strictObject({ importId: id }),
    resultOf<{ importId: string }>(),
  ),
};

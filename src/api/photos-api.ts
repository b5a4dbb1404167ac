import { z } from 'zod';
import type { Bilingual } from '../domain/bilingual.ts';
import { TURNS, type DeletedPhoto, type Focus, type Point, type Turn } from '../domain/photo.ts';
import { bilingual, changing, id, isoTime, line, operation, resultOf } from './operation.ts';

/** A photo that may be seen. */
export interface PhotoView {
  photoId: string;
  /** Pixels, after orientation. */
  width: number;
  height: number;
  /** How far staff turned it: a turned picture is another one, which its address must say (`?turned=90`). */
  turned?: Turn;
  /** What a crop must keep. */
  focus?: Point;
  colour?: string;
  thumbhash?: string;
  caption?: Bilingual;
  takenAt?: string;
  /** Photos with the same burst were taken in one go: never one after the other. */
  burst?: string;
  favourite?: true;
}

/** A photo as the office sees it, hidden ones included. */
export interface LibraryPhoto extends PhotoView {
  albumId: string;
  fileName: string;
  hidden: boolean;
  /** It is in the waiting room. */
  waiting: boolean;
  /** When somebody took it down at a screen; null where nobody did. */
  takenDownAt: string | null;
  /** How `focus` was found. */
  focusBy: Focus['by'] | 'hand' | null;
  /** Address of the small picture; it works for one that may not be seen, too, until the kiosk restarts. */
  thumbnail: string;
  /** Likewise of the one with a long edge of 1920 pixels. */
  picture: string;
}

/** Which photos the office asks for. */
export const PHOTO_FILTERS = ['all', 'waiting', 'hidden', 'taken-down', 'favourites'] as const;
/** One of `PHOTO_FILTERS`. */
export type PhotoFilter = (typeof PHOTO_FILTERS)[number];

/** An album with how many photos it holds, hidden ones included. */
export interface AlbumView {
  albumId: string;
  name: string;
  photos: number;
  /** Until then its photos may not be seen; null: they may. */
  revealAt: string | null;
  sample: boolean;
}

/** How many left-out files an import lists. */
export const LEFT_OUT_LIMIT = 200;

/** How the watching of a folder goes. */
export interface WatchView {
  folder: string;
  albumName: string;
  /** `gone`: the folder is not there; it is looked for until it is. */
  state: 'watching' | 'gone';
  /** Photos that came in since the kiosk started. */
  added: number;
  /** Files that are still being written. */
  arriving: number;
}

/** How fast an import goes, by what it has done lately. */
export interface ImportPace {
  /** Files a minute. */
  perMinute: number;
  secondsLeft: number;
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
  /** Null where nothing can be said yet, or any more. */
  pace: ImportPace | null;
  added: number;
  doubles: number;
  /** The first `LEFT_OUT_LIMIT` of the files that were left out; `leftOut` counts all. */
  skipped: { file: string; reason: string; words: Bilingual }[];
  leftOut: number;
  /**
   * Of an upload: how many files have arrived whole, how many were to come (null where nobody said), and whether
   * the sending is over. Null of a folder.
   */
  sent: { arrived: number; files: number | null; over: boolean } | null;
  trouble: Bilingual | null;
  /** A restart cut it off: it was begun again, and what was in by then counts among the doubles. */
  resumed: boolean;
  /** Somebody has read how it ended. */
  read: boolean;
}

const albumName = line(80);
const photoIds = z.array(id).min(1).max(500);
/** A share of a width or height. */
const share = z.number().min(0).max(1);

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
      filter: z.enum(PHOTO_FILTERS).default('all'),
      offset: z.int().min(0).default(0),
      limit: z.int().min(1).max(500).default(100),
    }),
    resultOf<{
      photos: LibraryPhoto[];
      total: number;
      albums: AlbumView[];
      /** How many photos of the whole library each filter finds. */
      counts: Record<PhotoFilter, number>;
    }>(),
  ),
  'photos.hide': operation(
    'editor',
    changing({ photoId: id, hidden: z.boolean() }),
    resultOf<{ photoId: string; hidden: boolean }>(),
  ),
  /** Hides a photo because somebody at a screen does not want to be seen. Staff see who was taken down, and when. */
  'photos.takeDown': operation('screen', changing({ photoId: id }), resultOf<{ photoId: string }>()),
  /**
   * Puts back what the gesture `takenDownBy` took down, within `PUT_BACK_SECONDS`. Codes: `not-taken-down`,
   * `put-back-too-late`.
   */
  'photos.putBack': operation(
    'screen',
    changing({ photoId: id, takenDownBy: z.string().min(1).max(64) }),
    resultOf<{ photoId: string }>(),
  ),
  /** Lets photos out of the waiting room. */
  'photos.accept': operation('editor', changing({ photoIds }), resultOf<{ accepted: number }>()),
  /** Sets the caption, whether it is a favourite, and what a crop must keep: only what is given; null takes it away. */
  'photos.describe': operation(
    'editor',
    changing({
      photoId: id,
      caption: bilingual.nullable().exactOptional(),
      favourite: z.boolean().exactOptional(),
      focus: z.strictObject({ x: share, y: share }).nullable().exactOptional(),
    }),
    resultOf<{ photoId: string }>(),
  ),
  /**
   * Turns a photo so far clockwise, in all. Its copies are made anew before this answers. Code: `photo-unreadable`
   * where the original cannot be read any more; nothing has changed then.
   */
  'photos.turn': operation(
    'editor',
    changing({ photoId: id, turned: z.literal(TURNS) }),
    resultOf<{ photoId: string; turned: Turn }>(),
  ),
  /** Deletes photos for good, from disk, too. No import brings them back until they are readmitted. */
  'photos.delete': operation('editor', changing({ photoIds }), resultOf<{ deleted: number }>()),
  /** The photos that were deleted, the latest first. */
  'photos.deleted': operation('editor', z.strictObject({}), resultOf<{ photos: DeletedPhoto[] }>()),
  /** Lets deleted photos come in again with a next import. */
  'photos.readmit': operation('editor', changing({ photoIds }), resultOf<{ readmitted: number }>()),
  /** Keeps the photos of an album from all screens until then; null shows them at once. */
  'photos.revealAlbum': operation(
    'editor',
    changing({ albumId: id, revealAt: isoTime.nullable() }),
    resultOf<{ albumId: string }>(),
  ),
  'photos.move': operation(
    'editor',
    changing({ albumId: id, photoIds }),
    resultOf<{ albumId: string; moved: number }>(),
  ),
  'photos.renameAlbum': operation(
    'editor',
    changing({ albumId: id, name: albumName }),
    resultOf<{ albumId: string }>(),
  ),
  /** Starts importing a folder or zip file in one of the places. One import runs at a time, the others wait. */
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
  /**
   * The imports since the kiosk started, and those before that were cut off or whose left-out files nobody has read
   * yet; newest first.
   */
  'photos.imports': operation('editor', z.strictObject({}), resultOf<{ imports: PhotoImportView[] }>()),
  /** How the watching of the folder in the settings goes; null where none is watched. */
  'photos.watch': operation('editor', z.strictObject({}), resultOf<{ watch: WatchView | null }>()),
  /** Takes note that somebody has read how an import ended. Code: `import-under-way`. */
  'photos.readImport': operation(
    'editor',
    z.strictObject({ importId: id }),
    resultOf<{ importId: string }>(),
  ),
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

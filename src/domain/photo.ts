import type { Bilingual } from './bilingual.ts';

/** Photos that belong together; its name is the organiser's own, in whatever language. */
export interface Album {
  albumId: string;
  name: string;
  /** Until then its photos may not be shown: they are for a ceremony. */
  revealAt?: string;
  sample?: true;
}

/** A place in a picture, as shares of its width and height: 0 is left and above, 1 is right and below. */
export interface Point {
  x: number;
  y: number;
}

/** What a crop must keep, and how it was found: the middle of the faces, or what libvips takes for attention. */
export interface Focus extends Point {
  by: 'faces' | 'attention';
}

/** How far staff turned a photo, in degrees clockwise, after its EXIF orientation has been applied. */
export const TURNS = [0, 90, 180, 270] as const;
/** One of `TURNS`. */
export type Turn = (typeof TURNS)[number];

/** A photo in the library; the files lie beside the store under the same id. */
export interface Photo {
  /** SHA-256 of the original file, in hex. */
  photoId: string;
  albumId: string;
  /** Pixels, after the EXIF orientation and `turned` have been applied. */
  width: number;
  height: number;
  /** File name it was imported from, for people who look for it. */
  fileName: string;
  /** Local time of the capture; with the offset where the camera or its GPS said one: "2026-11-22T18:03:21+08:00". */
  takenAt?: string;
  /** What stands there until the picture does (thumbhash, base64). */
  thumbhash?: string;
  /** The dominant colour, "#rrggbb". */
  colour?: string;
  focus?: Focus;
  /** What a crop must keep as staff said; it comes before `focus`. */
  focusByHand?: Point;
  turned?: Exclude<Turn, 0>;
  caption?: Bilingual;
  favourite?: true;
  hidden?: true;
  /** Somebody took it down at a screen: when, and with which gesture. It is hidden then. */
  takenDown?: { at: string; gestureId: string };
  /** It is in the waiting room: nobody but staff has seen it. */
  waiting?: true;
  sample?: true;
}

/** What an import says of a photo. */
export type NewPhoto = Omit<
  Photo,
  | 'albumId'
  | 'focusByHand'
  | 'turned'
  | 'caption'
  | 'favourite'
  | 'hidden'
  | 'takenDown'
  | 'waiting'
  | 'sample'
>;

/** What staff say of a photo; what is not given stays, null takes it away. */
export interface PhotoWords {
  photoId: string;
  caption?: Bilingual | null;
  favourite?: boolean;
  focus?: Point | null;
}

/** A photo that staff deleted: it does not come in again by itself. */
export interface DeletedPhoto {
  photoId: string;
  fileName: string;
  at: string;
}

/** Long edges of the copies that an import makes, in pixels (DESIGN.md section 8: 480 and 1920 come first). */
export const RENDITION_EDGES = [480, 1920] as const;
/** Long edge of the copy that is made when a screen first asks for it, in pixels. */
export const LARGE_EDGE = 3840;

/** May the photo be seen at `now`: accepted, not hidden, and its album revealed? */
export function mayBeSeen(photo: Photo, album: Album | undefined, now: string): boolean {
  if (photo.hidden || photo.waiting) return false;
  return album?.revealAt === undefined || Date.parse(album.revealAt) <= Date.parse(now);
}

/** Where that place is once the picture has been turned on by so many degrees clockwise. */
export function turnPoint<P extends Point>(point: P, degrees: Turn): P {
  const { x, y } = point;
  if (degrees === 90) return { ...point, x: 1 - y, y: x };
  if (degrees === 180) return { ...point, x: 1 - x, y: 1 - y };
  if (degrees === 270) return { ...point, x: y, y: 1 - x };
  return point;
}

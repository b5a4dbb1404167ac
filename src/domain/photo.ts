/** Photos that belong together; its name is the organiser's own, in whatever language. */
export interface Album {
  albumId: string;
  name: string;
  sample?: true;
}

/** A photo in the library; the files lie beside the store under the same id. */
export interface Photo {
  /** SHA-256 of the original file, in hex. */
  photoId: string;
  albumId: string;
  /** Pixels, after the EXIF orientation has been applied. */
  width: number;
  height: number;
  /** File name it was imported from, for people who look for it. */
  fileName: string;
  hidden?: true;
  sample?: true;
}

/** Long edges of the ready-made copies, in pixels (DESIGN.md section 8: 480 and 1920 come first). */
export const RENDITION_EDGES = [480, 1920] as const;

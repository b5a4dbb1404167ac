/** A handwritten signature: strokes of points "x, y" in the units of its box, from its top left. */
export interface Signature {
  width: number;
  height: number;
  strokes: number[][];
}

/** What somebody agreed to leave behind with their sign-in. */
export interface Evidence {
  signature?: Signature;
  /** A small JPEG from the camera, as a data URL. */
  photo?: string;
}

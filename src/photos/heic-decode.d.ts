declare module 'heic-decode' {
  /** A picture in a file, as it stands upright; nothing of it is decoded before `decode`. */
  interface HeicPicture {
    width: number;
    height: number;
    /** RGBA, eight bits each. */
    decode(): Promise<{ width: number; height: number; data: Uint8ClampedArray }>;
  }
  const decodeHeic: {
    all(input: { buffer: Uint8Array }): Promise<HeicPicture[] & { dispose(): void }>;
  };
  export default decodeHeic;
}

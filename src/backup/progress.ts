/** Told how far a long work is: bytes done, of how many in all. */
export type OnProgress = (done: number, total: number) => void;

/** What a long work with a backup may be given. */
export interface BackupOptions {
  onProgress?: OnProgress | undefined;
  /** Stops the work, which then throws the signal's reason and leaves nothing behind. */
  signal?: AbortSignal | undefined;
}

/**
 * A function to be called with each piece of work, in bytes: it tells `onProgress` at most a thousand times, the
 * last time when all is done.
 * @throws the signal's reason when the work is to stop.
 */
export function stepsOf(total: number, { onProgress, signal }: BackupOptions): (bytes: number) => void {
  let done = 0;
  let told = 0;
  return function step(bytes) {
    signal?.throwIfAborted();
    done += bytes;
    if (done === told || (done < total && done - told < total / 1000)) return;
    told = done;
    onProgress?.(done, total);
  };
}

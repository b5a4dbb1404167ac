import { mkdir, rm } from 'node:fs/promises';
import { LARGE_EDGE, RENDITION_EDGES, type Photo, type Turn } from '../domain/photo.ts';
import { Refusal } from '../domain/refusal.ts';
import type { State } from '../domain/state.ts';
import { fileExists, type PhotoFiles, type RenditionEdge } from '../photos/photo-files.ts';
import { remakeRenditions } from '../photos/remake-renditions.ts';
import { startRenditionProcess, type RenditionProcess } from '../photos/rendition-process.ts';
import type { StartWorker } from '../processes/worker.ts';

/** Copies of photos that are made after their import. */
export interface PhotoCopies {
  /** Makes a photo's copies anew, turned so far; resolves with its thumbhash. @throws Refusal, Problem. */
  turn(photoId: string, turned: Turn): Promise<string>;
  /** The largest copy of a photo; made now where it is not there yet. @throws Refusal, Problem. */
  large(photoId: string): Promise<string>;
  close(): Promise<void>;
}

/** Makes copies one photo at a time, in a process that runs only meanwhile. */
export function openPhotoCopies(
  state: () => Readonly<State>,
  files: PhotoFiles,
  startWorker: StartWorker,
): PhotoCopies {
  let prepared: Promise<void> | undefined;
  let closed = false;
  let turn: Promise<unknown> = Promise.resolve();
  let decoder: RenditionProcess | undefined;

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = turn.then(work);
    // Whoever asked is told of a failure; the next one has its turn all the same.
    turn = done.catch(() => undefined);
    return done;
  }

  async function remake(photoId: string, turned: Turn, edges: readonly RenditionEdge[]) {
    await (prepared ??= emptyFolder(files.making));
    decoder = startRenditionProcess(() => startWorker('renditions'));
    try {
      return await remakeRenditions(photoId, turned, edges, files, decoder);
    } finally {
      decoder.close();
    }
  }

  function photoOf(photoId: string): Photo {
    const photo = state().photos.get(photoId);
    if (!photo || closed) throw new Refusal({ code: 'photo-unknown' });
    return photo;
  }

  async function makeLarge(photoId: string): Promise<string> {
    const { turned = 0 } = photoOf(photoId);
    const file = files.rendition(photoId, LARGE_EDGE, turned);
    if (!(await fileExists(file))) await remake(photoId, turned, [LARGE_EDGE]);
    return file;
  }

  return {
    turn(photoId, turned) {
      return inTurn(async () => {
        photoOf(photoId);
        return (await remake(photoId, turned, RENDITION_EDGES)).thumbhash;
      });
    },
    large: (photoId) => inTurn(() => makeLarge(photoId)),
    async close() {
      closed = true;
      decoder?.close();
      await turn;
    },
  };
}

/** What lies there is of a process that was killed at its work. */
async function emptyFolder(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true });
  await mkdir(path, { recursive: true, mode: 0o700 });
}

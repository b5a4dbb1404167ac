import { onScopeDispose, ref, shallowRef } from 'vue';

/** A camera, or whoever is asked to allow it, gets so long, in milliseconds, to deliver a first picture. */
const PATIENCE = 15_000;

/** Why there is no picture, as the words of `gateEvidence` are called. */
export type CameraTrouble = 'noCamera' | 'cameraDenied' | 'cameraTaken';

/** The camera, off until `start` and after `stop`. A fault of it ends in `trouble`, never in an exception. */
export function useCamera() {
  const stream = shallowRef<MediaStream>();
  const trouble = ref<CameraTrouble>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isWanted = false;

  async function start(): Promise<void> {
    isWanted = true;
    // Without a safe origin (a plain address in the network) a page has no camera at all.
    if (!('mediaDevices' in navigator)) return fail('cameraDenied');
    timer = setTimeout(() => fail('cameraTaken'), PATIENCE);
    try {
      const video = { facingMode: 'user', width: { ideal: 640 }, height: { ideal: 480 } };
      const opened = await navigator.mediaDevices.getUserMedia({ video, audio: false });
      if (!isWanted) return end(opened);
      stream.value = opened;
      for (const track of opened.getTracks()) track.addEventListener('ended', () => fail('cameraTaken'));
    } catch (error) {
      console.warn('the camera cannot be used:', error);
      fail(troubleOf(error));
    }
  }

  /** The first picture is there. */
  function onPicture(): void {
    clearTimeout(timer);
  }

  function fail(why: CameraTrouble): void {
    if (!isWanted) return;
    stop();
    trouble.value = why;
  }

  function stop(): void {
    isWanted = false;
    clearTimeout(timer);
    if (stream.value) end(stream.value);
    stream.value = undefined;
  }

  onScopeDispose(stop);
  return { stream, trouble, start, stop, onPicture };
}

function end(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

function troubleOf(error: unknown): CameraTrouble {
  const name = error instanceof DOMException ? error.name : '';
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return 'noCamera';
  return name === 'NotAllowedError' || name === 'SecurityError' ? 'cameraDenied' : 'cameraTaken';
}

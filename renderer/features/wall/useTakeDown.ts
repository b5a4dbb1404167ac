import { ref } from 'vue';
import { CallRefused } from '../../../src/api/client.ts';
import { useClient } from '../../api/connect.ts';
import { useGesture } from '../../stores/useGesture.ts';

/** Taking one photo down, and putting it back. */
export function useTakeDown(photoId: string) {
  const client = useClient();
  const once = useGesture();
  /** The gesture that took it down; undefined while it hangs. */
  const takenDownBy = ref<string>();
  const busy = ref(false);
  /** Why the last try did not work: the kiosk's own words, or none where it did not answer. */
  const failure = ref<{ words?: { en: string; zh: string } }>();

  async function attempt(work: () => Promise<void>): Promise<void> {
    if (busy.value) return;
    busy.value = true;
    failure.value = undefined;
    try {
      await work();
    } catch (error) {
      if (!(error instanceof CallRefused)) console.error(error);
      failure.value = error instanceof CallRefused ? { words: error.refusal.message } : {};
    } finally {
      busy.value = false;
    }
  }

  const takeDown = () =>
    attempt(() =>
      once('takeDown', async (gestureId) => {
        await client.call('photos.takeDown', { gestureId, photoId });
        takenDownBy.value = gestureId;
      }),
    );

  const putBack = () =>
    attempt(() =>
      once('putBack', async (gestureId) => {
        await client.call('photos.putBack', { gestureId, photoId, takenDownBy: takenDownBy.value! });
        takenDownBy.value = undefined;
      }),
    );

  return { takenDownBy, busy, failure, takeDown, putBack };
}

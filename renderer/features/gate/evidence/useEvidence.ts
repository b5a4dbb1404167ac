import { ref } from 'vue';
import { CallRefused, type Client } from '../../../../src/api/client.ts';
import type { Evidence } from '../../../../src/domain/evidence.ts';
import { unbroken } from '../../../composables/unbroken.ts';
import { useWords } from '../../../composables/useWords.ts';

/** Nobody waits longer than this, in milliseconds, for what the sign-in does not need. */
const PATIENCE = 8000;

/** Adds evidence to a visit that is saved already. */
export function useEvidence(client: Client, visitId: string) {
  const { t, words } = useWords();
  const saving = ref(false);

  /** Says why it could not be kept, in the person's language; undefined where it is kept, or is being saved already. */
  async function add(evidence: Evidence): Promise<string | undefined> {
    if (saving.value) return undefined;
    saving.value = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const tooLong = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(new Error('no answer in time')), PATIENCE);
    });
    try {
      const call = client.call('evidence.add', { gestureId: crypto.randomUUID(), visitId, ...evidence });
      await Promise.race([call, tooLong]);
      return undefined;
    } catch (error) {
      if (error instanceof CallRefused) return unbroken(words(error.refusal.message));
      console.error(error);
      return t('gateEvidence.noAnswer');
    } finally {
      clearTimeout(timer);
      saving.value = false;
    }
  }

  return { saving, add };
}

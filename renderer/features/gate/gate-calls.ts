import { ref } from 'vue';
import { CallRefused } from '../../../src/api/client.ts';
import { useKioskStore } from '../../stores/kiosk-store.ts';
import type { GateChoices } from './gate-choices.ts';
import { keepsFromSaving, saysNo } from './gate-refusals.ts';

/** A call that takes longer, in milliseconds, shows that it is saving: most are over before anybody could read it. */
const SLOW_AFTER = 1000;

/** The gate's calls to the kiosk, one at a time, and what is shown when one is slow or fails. */
export function useGateCalls({ page, person }: GateChoices) {
  const kiosk = useKioskStore();
  /** A call is under way: further taps wait for its answer. */
  const busy = ref(false);

  /**
   * Runs one call at a time; shows that it is saving when that takes long, says a "no" kindly, and shows trouble when
   * it fails: `again` is what another try does.
   */
  async function attempt(work: () => Promise<void>, again = () => attempt(work)): Promise<void> {
    if (busy.value) return;
    busy.value = true;
    const slow = setTimeout(() => (page.value = { name: 'saving', person: person.value }), SLOW_AFTER);
    try {
      await work();
    } catch (error) {
      const refusal = error instanceof CallRefused ? error.refusal : undefined;
      if (!refusal) console.error(error);
      if (keepsFromSaving(refusal)) kiosk.look();
      page.value = saysNo(refusal)
        ? { name: 'refused', refusal }
        : { name: 'trouble', refusal, retry: again };
    } finally {
      clearTimeout(slow);
      busy.value = false;
    }
  }

  return { busy, attempt };
}

/** What `useGateCalls` offers. */
export type GateCalls = ReturnType<typeof useGateCalls>;

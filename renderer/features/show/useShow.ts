import { onScopeDispose, ref, type Ref } from 'vue';
import { CallRefused } from '../../../src/api/client.ts';
import type { ShowView } from '../../../src/api/shows-api.ts';
import { useClient } from '../../api/connect.ts';
import { useKioskStore } from '../../stores/kiosk-store.ts';
import { useLatest } from '../../stores/useLatest.ts';

/** What the kiosk said about the wanted show. */
export type ToldShow = { showId: string | undefined } & (
  { unknown: true } | { unknown: false; show: ShowView }
);

/** The named show, kept up to date; undefined before the first answer. While the kiosk is silent the last one stays. */
export function useShow(showId: Ref<string | undefined>): Ref<ToldShow | undefined> {
  const client = useClient();
  const kiosk = useKioskStore();
  const changes = ref(0);
  onScopeDispose(client.subscribe(['shows', 'photos', 'slogans'], () => changes.value++));

  return useLatest(
    () => ({ showId: showId.value, changes: changes.value, reachable: kiosk.reachable }),
    ({ showId }) => ask(showId),
  );

  async function ask(showId: string | undefined): Promise<ToldShow> {
    try {
      const show = await client.call('shows.view', showId === undefined ? {} : { showId });
      return { showId, unknown: false, show };
    } catch (error) {
      if (error instanceof CallRefused && isUnknown(error)) return { showId, unknown: true };
      throw error;
    }
  }
}

/** What cannot be the id of a show is one that is not there. */
function isUnknown({ refusal }: CallRefused): boolean {
  return refusal.code === 'show-unknown' || refusal.code === 'input-invalid';
}

import type { CallInput } from '../../../../src/api/contract.ts';
import { useClient } from '../../../api/connect.ts';
import { useWords } from '../../../composables/useWords.ts';
import { newGesture, useAction } from '../parts/useAction.ts';

/** Saves some of the settings; the others stay as they are. */
export function useSettings() {
  const { t } = useWords();
  const client = useClient();
  const { busy, run } = useAction();

  function save(settings: CallInput<'settings.save'>['settings']) {
    return run(() => client.call('settings.save', { gestureId: newGesture(), settings }), t('office.saved'));
  }

  return { busy, save };
}

import type { Repair } from '../../../../src/domain/state.ts';
import { useWords } from '../../../composables/useWords.ts';

/** Says which events are missing. */
export function useMissingWords() {
  const { t } = useWords();

  function rangeWords({ from, to }: Repair['missing'][number]): string {
    if (to === null) return t('officeHealth.missingFrom', { from });
    return t(from === to ? 'officeHealth.missingOne' : 'officeHealth.missingRange', { from, to });
  }

  return (missing: Repair['missing']): string =>
    missing.length === 0
      ? t('officeHealth.missingNone')
      : missing.map(rangeWords).join(t('officeHealth.comma'));
}

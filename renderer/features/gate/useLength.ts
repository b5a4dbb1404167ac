import { unbroken } from '../../composables/unbroken.ts';
import { useWords } from '../../composables/useWords.ts';

/** Says whole minutes as hours and minutes, "12 h 30 min", in the person's language. */
export function useLength(): (minutes: number) => string {
  const { t } = useWords();
  return (total) => {
    const [hours, minutes] = [Math.floor(total / 60), total % 60];
    if (hours === 0) return unbroken(t('gateVisit.length.minutes', { minutes }));
    return unbroken(
      t(minutes === 0 ? 'gateVisit.length.hours' : 'gateVisit.length.both', { hours, minutes }),
    );
  };
}

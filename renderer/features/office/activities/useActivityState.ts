import type { ActivityView } from '../../../../src/api/activities-api.ts';
import { useKioskClock } from '../../../composables/kiosk-clock.ts';
import { useWords } from '../../../composables/useWords.ts';

/** Says of an activity whether sign-in is open, when it opens, or that it is over. */
export function useActivityState() {
  const { t } = useWords();
  const now = useKioskClock();

  return (activity: Pick<ActivityView, 'open' | 'startsAt' | 'endsAt'> & { opensAt?: string }) => {
    if (activity.open) return t('officeActivities.open');
    if (Date.parse(activity.endsAt) < now.value.getTime()) return t('officeActivities.over');
    const opens = activity.opensAt ?? activity.startsAt;
    return t('officeActivities.opens', { time: opens.slice(0, 16).replace('T', ' ') });
  };
}

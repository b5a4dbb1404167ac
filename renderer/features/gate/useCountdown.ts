import { useKioskClock } from '../../composables/kiosk-clock.ts';
import { unbroken } from '../../composables/unbroken.ts';
import { useWords } from '../../composables/useWords.ts';

const [MINUTE, HOUR, DAY] = [60, 3600, 86_400];

/**
 * Says how long it is until `at`, renewed every second: "1:05:09", "4:07", or days and hours; undefined once it is over.
 */
export function useCountdown(): (at: string) => string | undefined {
  const now = useKioskClock();
  const { t } = useWords();
  return (at) => {
    const seconds = Math.ceil((Date.parse(at) - now.value.getTime()) / 1000);
    if (seconds <= 0) return undefined;
    if (seconds >= DAY) {
      const [days, hours] = [Math.floor(seconds / DAY), Math.floor((seconds % DAY) / HOUR)];
      return unbroken(t('gateVisit.opening.days', { days, hours }));
    }
    const [hours, minutes] = [Math.floor(seconds / HOUR), Math.floor((seconds % HOUR) / MINUTE)];
    const parts = [...(hours > 0 ? [hours] : []), minutes, seconds % MINUTE];
    return parts.map((part, index) => (index === 0 ? part : String(part).padStart(2, '0'))).join(':');
  };
}

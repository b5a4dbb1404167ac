import type { Language } from '../../../../src/domain/settings.ts';

const TAGS: Record<Language, string> = { en: 'en-GB', zh: 'zh-CN' };
const UNITS = [
  { unit: 'day', ms: 86_400_000 },
  { unit: 'hour', ms: 3_600_000 },
  { unit: 'minute', ms: 60_000 },
  { unit: 'second', ms: 1000 },
] as const;

/** A length of time as people say it, in its two largest units: "2 hours 3 minutes". */
export function durationWords(ms: number, language: Language): string {
  const seconds = Math.max(1, Math.round(Math.abs(ms) / 1000)) * 1000;
  const first = UNITS.findIndex((one) => seconds >= one.ms);
  let left = seconds;
  const parts = UNITS.slice(first, first + 2).map(({ unit, ms: length }) => {
    const count = Math.floor(left / length);
    left -= count * length;
    return (
      count > 0 &&
      new Intl.NumberFormat(TAGS[language], { style: 'unit', unit, unitDisplay: 'long' }).format(count)
    );
  });
  return parts.filter(Boolean).join(' ');
}

/** How long a save took: "< 1 ms", "12 ms", "3.4 s". */
export function saveTimeWords(ms: number): string {
  if (ms < 1) return '< 1 ms';
  return ms < 1000 ? `${ms} ms` : `${(ms / 1000).toFixed(1)} s`;
}

/** A time of the kiosk without seconds: "2026-11-22 18:03". */
export function minuteOf(at: string): string {
  return at.slice(0, 16).replace('T', ' ');
}

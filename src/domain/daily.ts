import { addMinutes, isoAt, localDateOf } from './time.ts';

/** A schedule of every day, between two local times ("HH:MM"). */
export interface DailySchedule {
  kind: 'daily';
  start: string;
  end: string;
  /** Without it sign-in is always open. */
  opensMinutesBefore?: number;
}

/** What the days of an activity go by: its schedule, and those it had on earlier days. */
export interface Days {
  scheduleOn(date: string): DailySchedule;
  /** How long after the end people still sign out, in minutes. */
  closesAfterMinutes: number;
}

/** One day's taking place. */
export interface DailyOccurrence {
  /** Local date of its start, "YYYY-MM-DD". */
  date: string;
  startsAt: string;
  endsAt: string;
  /** From when on people sign in, where the schedule says so. */
  opensAt: string | undefined;
  /** Until when people still sign out, at the latest until the next day's begins. */
  closesAt: string;
  /** From when on whoever comes belongs to the next day's. */
  handsOverAt: string;
}

/** Minutes of a day. */
const DAY = 24 * 60;
/** How long before its start people come to a taking place whose schedule does not say so, in minutes. */
const COME_EARLY = 60;

/** The taking place of the day "YYYY-MM-DD", in the zone of `offsetSource`. */
export function dailyOn(days: Days, date: string, offsetSource: string): DailyOccurrence {
  const { startsAt, endsAt, opensAt } = spanOn(days.scheduleOn(date), date, offsetSource);
  const tomorrow = localDateOf(addMinutes(isoAt(date, '00:00', offsetSource), DAY));
  const next = spanOn(days.scheduleOn(tomorrow), tomorrow, offsetSource);
  const nextComes = next.opensAt ?? addMinutes(next.startsAt, -COME_EARLY);
  const closesAt = addMinutes(endsAt, days.closesAfterMinutes);
  const midnight = isoAt(tomorrow, '00:00', offsetSource);
  // At midnight, unless people are still there, or already come to what begins soon after it. Never before the end.
  const handsOverAt =
    closesAt > midnight
      ? earlier(closesAt, later(later(nextComes, midnight), endsAt))
      : earlier(midnight, later(nextComes, closesAt));
  return { date, startsAt, endsAt, opensAt, closesAt: earlier(closesAt, handsOverAt), handsOverAt };
}

/** The taking place that the moment `at` belongs to: after a night shift's end it is that night's, while people go home. */
export function dailyAt(days: Days, at: string): DailyOccurrence {
  const today = localDateOf(at);
  const yesterday = dailyOn(days, dayAfter(today, -1, at), at);
  if (at < yesterday.handsOverAt) return yesterday;
  const present = dailyOn(days, today, at);
  return at < present.handsOverAt ? present : dailyOn(days, dayAfter(today, 1, at), at);
}

/** The taking place after that of `date`. */
export function dailyAfter(days: Days, date: string, offsetSource: string): DailyOccurrence {
  return dailyOn(days, dayAfter(date, 1, offsetSource), offsetSource);
}

/** Begin and end alone: sheets ask for them once a visit. */
export function spanOn(
  { start, end, opensMinutesBefore }: DailySchedule,
  date: string,
  offsetSource: string,
): Pick<DailyOccurrence, 'startsAt' | 'endsAt' | 'opensAt'> {
  const startsAt = isoAt(date, start, offsetSource);
  const sameDay = isoAt(date, end, offsetSource);
  return {
    startsAt,
    endsAt: end <= start ? addMinutes(sameDay, DAY) : sameDay,
    opensAt: opensMinutesBefore === undefined ? undefined : addMinutes(startsAt, -opensMinutesBefore),
  };
}

function dayAfter(date: string, days: number, offsetSource: string): string {
  return localDateOf(addMinutes(isoAt(date, '00:00', offsetSource), days * DAY));
}

// All of them have one offset, so that their order is that of their text.
const earlier = (a: string, b: string): string => (a < b ? a : b);
const later = (a: string, b: string): string => (a < b ? b : a);

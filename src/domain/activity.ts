import type { Bilingual } from './bilingual.ts';
import {
  dailyAfter,
  dailyAt,
  dailyOn,
  spanOn,
  type DailyOccurrence,
  type DailySchedule,
  type Days,
} from './daily.ts';
import { addMinutes, isoWithOffsetOf, localDateOf, midnightOf } from './time.ts';
import type { Visit } from './visit.ts';

/** A place of work inside an activity. */
export interface Post {
  postId: string;
  name: Bilingual;
  /** The team leader's personId. */
  leaderId?: string;
  /** How many people the post needs. */
  wanted: number;
  /** From this many people on the post counts as full. Soft: one more is accepted and marked. */
  limit?: number;
  /** Once the post is full, only staff let anybody in. */
  hard?: true;
}

/**
 * When an activity takes place: once, between two ISO times, or every day between two local times ("HH:MM"). Sign-in
 * opens so many minutes before the start and ends with the activity; a daily one that does not say when it opens is
 * always open, as the sample is.
 */
export type Schedule =
  { kind: 'once'; startsAt: string; endsAt: string; opensMinutesBefore: number } | DailySchedule;

/** Something people attend. */
export interface Activity {
  activityId: string;
  title: Bilingual;
  place: Bilingual;
  schedule: Schedule;
  /** What a daily activity went by before its schedule was changed: each until a local date, exclusive; oldest first. */
  pastSchedules?: { until: string; schedule: DailySchedule }[];
  posts: Post[];
  /** At most so many people at a time; only staff let more in. */
  capacity?: number;
  /** Who may come: whoever is of one of these groups. Without it, everybody. */
  eligible?: { categoryIds?: string[]; teams?: string[]; expected?: true };
  /** Nobody signs in who is not on the roster. */
  noGuests?: true;
  /** Which posts people were told to go to: postId by personId. */
  assignments?: Record<string, string>;
  /** What people are asked to leave behind; each may say no. */
  evidence?: { signature?: true; photo?: true };
  /** Who is not signed out so many minutes after the end is signed out as planned. */
  closesAfterMinutes?: number;
  /** Who is expected, by personId. Without it, as many as the posts want; without posts, the whole roster. */
  expectedIds?: string[];
  sample?: true;
}

/** One taking place of an activity. */
export interface Occurrence {
  /** Local date, "YYYY-MM-DD". */
  date: string;
  startsAt: string;
  endsAt: string;
  /** From when on people sign in; undefined for what is always open. */
  opensAt: string | undefined;
  /** Is the sign-in window open? */
  open: boolean;
}

/** Minutes of a day. */
const DAY = 24 * 60;

/** The taking place of `activity` that the moment `at` (ISO 8601 with offset) belongs to. */
export function occurrenceAt(activity: Activity, at: string): Occurrence {
  const days = daysOf(activity);
  if (days) return dailyOccurrence(dailyAt(days, at), at);
  const { startsAt, endsAt, opensMinutesBefore } = onceOf(activity);
  const opensAt = addMinutes(startsAt, -opensMinutesBefore);
  const date = localDateOf(isoWithOffsetOf(startsAt, at));
  return { date, startsAt, endsAt, opensAt, open: isWithin(opensAt, endsAt, at) };
}

/** The taking place that a visit belongs to: of a daily activity the day's that it names, as it was planned then. */
export function occurrenceOf(
  activity: Activity,
  { takingPlace, signedInAt }: Pick<Visit, 'takingPlace' | 'signedInAt'>,
): Pick<Occurrence, 'startsAt' | 'endsAt'> {
  const days = daysOf(activity);
  return days && takingPlace !== undefined
    ? spanOn(days.scheduleOn(takingPlace), takingPlace, signedInAt)
    : occurrenceAt(activity, signedInAt);
}

/** The next taking place whose sign-in opens after `at`, or the present one where none comes. */
export function nextOpeningOf(activity: Activity, at: string): { opensAt: string; endsAt: string } {
  const days = daysOf(activity);
  const present = occurrenceAt(activity, at);
  const isOver = Date.parse(at) > Date.parse(present.endsAt);
  const {
    startsAt,
    endsAt,
    opensAt = startsAt,
  } = days && isOver ? dailyAfter(days, present.date, at) : present;
  return { opensAt: isoWithOffsetOf(opensAt, at), endsAt: isoWithOffsetOf(endsAt, at) };
}

/**
 * Which taking place of the activity `at` belongs to, as visits name it: the date of a daily one. An activity that
 * takes place once has only one.
 */
export function takingPlaceAt(activity: Activity, at: string): { takingPlace?: string } {
  return activity.schedule.kind === 'daily' ? { takingPlace: occurrenceAt(activity, at).date } : {};
}

/** How long after the end of an activity that says nothing else people may still sign out, in minutes. */
export const CLOSES_AFTER_MINUTES = 60;

/**
 * When a visit's taking place ends, and from when on nobody is expected to sign out any more: some time after the end;
 * for whoever came only then, when the day of the taking place is over.
 */
export function closingOf(
  activity: Activity,
  visit: Pick<Visit, 'takingPlace' | 'signedInAt'>,
): { endsAt: string; closesAt: string } {
  const { signedInAt, takingPlace } = visit;
  const days = daysOf(activity);
  const came = Date.parse(signedInAt);
  const isLate = (endsAt: string, closesAt: string) =>
    came > Date.parse(endsAt) || came >= Date.parse(closesAt);
  if (days) {
    const day =
      takingPlace === undefined ? dailyAt(days, signedInAt) : dailyOn(days, takingPlace, signedInAt);
    const { endsAt, closesAt, handsOverAt } = day;
    return isLate(endsAt, closesAt) ? { endsAt: handsOverAt, closesAt: handsOverAt } : { endsAt, closesAt };
  }
  const { endsAt } = onceOf(activity);
  const closesAt = addMinutes(endsAt, activity.closesAfterMinutes ?? CLOSES_AFTER_MINUTES);
  if (!isLate(endsAt, closesAt)) return { endsAt, closesAt };
  const midnight = addMinutes(midnightOf(signedInAt), DAY);
  return { endsAt: midnight, closesAt: Date.parse(midnight) > Date.parse(closesAt) ? midnight : closesAt };
}

/** What a daily activity goes by on each day; undefined for one that takes place once. */
function daysOf({ schedule, pastSchedules = [], closesAfterMinutes }: Activity): Days | undefined {
  if (schedule.kind === 'once') return undefined;
  return {
    closesAfterMinutes: closesAfterMinutes ?? CLOSES_AFTER_MINUTES,
    scheduleOn: (date) => pastSchedules.find(({ until }) => date < until)?.schedule ?? schedule,
  };
}

function onceOf({ schedule }: Activity) {
  if (schedule.kind !== 'once') throw new TypeError('a daily activity has days');
  return schedule;
}

function dailyOccurrence({ date, startsAt, endsAt, opensAt }: DailyOccurrence, at: string): Occurrence {
  const open = opensAt === undefined || isWithin(opensAt, endsAt, at);
  return { date, startsAt, endsAt, opensAt, open };
}

function isWithin(from: string, to: string, at: string): boolean {
  const now = Date.parse(at);
  return Date.parse(from) <= now && now <= Date.parse(to);
}

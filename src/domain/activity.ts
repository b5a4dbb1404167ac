import type { Bilingual } from './bilingual.ts';
import { addMinutes, isoAt, isoWithOffsetOf, localDateOf, midnightOf } from './time.ts';

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
 * When an activity takes place: once, between two ISO times, or every day between two local times
 * ("HH:MM") with a window that never closes, as the sample does.
 */
export type Schedule =
  | { kind: 'once'; startsAt: string; endsAt: string; opensMinutesBefore: number }
  | { kind: 'daily'; start: string; end: string };

/** Something people attend. */
export interface Activity {
  activityId: string;
  title: Bilingual;
  place: Bilingual;
  schedule: Schedule;
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
  /** Is the sign-in window open? */
  open: boolean;
}

/** Minutes of a day. */
const DAY = 24 * 60;

/** The taking place of `activity` that the moment `at` (ISO 8601 with offset) belongs to. */
export function occurrenceAt(activity: Activity, at: string): Occurrence {
  const { schedule } = activity;
  if (schedule.kind === 'daily') {
    const today = localDateOf(at);
    const overnight = schedule.end <= schedule.start;
    // Until a night shift ends, the one that began yesterday goes on.
    const date = overnight && at < isoAt(today, schedule.end, at) ? localDateOf(addMinutes(at, -DAY)) : today;
    const startsAt = isoAt(date, schedule.start, at);
    const sameDay = isoAt(date, schedule.end, at);
    return { date, startsAt, endsAt: overnight ? addMinutes(sameDay, DAY) : sameDay, open: true };
  }
  const opensAt = addMinutes(schedule.startsAt, -schedule.opensMinutesBefore);
  const now = Date.parse(at);
  return {
    date: localDateOf(isoWithOffsetOf(schedule.startsAt, at)),
    startsAt: schedule.startsAt,
    endsAt: schedule.endsAt,
    open: Date.parse(opensAt) <= now && now <= Date.parse(schedule.endsAt),
  };
}

/**
 * Which taking place of the activity `at` belongs to, as visits name it: the date of a daily one. An activity
 * that takes place once has only one, even when it is moved to another day.
 */
export function takingPlaceAt(activity: Activity, at: string): { takingPlace?: string } {
  return activity.schedule.kind === 'daily' ? { takingPlace: occurrenceAt(activity, at).date } : {};
}

/** How long after the end of an activity that says nothing else people may still sign out, in minutes. */
export const CLOSES_AFTER_MINUTES = 60;

/**
 * When a taking place ends, and from when on nobody who came at `signedInAt` is expected to sign out any more: some time
 * after the end; for whoever came only then, as a daily activity lets them, at midnight.
 */
export function closingOf(activity: Activity, signedInAt: string): { endsAt: string; closesAt: string } {
  const { endsAt } = occurrenceAt(activity, signedInAt);
  const closesAt = addMinutes(endsAt, activity.closesAfterMinutes ?? CLOSES_AFTER_MINUTES);
  if (Date.parse(signedInAt) < Date.parse(endsAt)) return { endsAt, closesAt };
  const midnight = addMinutes(midnightOf(signedInAt), DAY);
  return { endsAt: midnight, closesAt: Date.parse(midnight) > Date.parse(closesAt) ? midnight : closesAt };
}

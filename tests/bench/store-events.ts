import type { Activity } from '../../src/domain/activity.ts';
import type { EventData, Gesture } from '../../src/domain/event.ts';
import type { Person } from '../../src/domain/person.ts';
import { addMinutes, isoFromEpoch } from '../../src/domain/time.ts';

/** An event as the ledger gives it to the store. */
export type BenchEvent = { at: string; mono: number } & (
  | { type: 'people-saved'; data: EventData['people-saved'] }
  | { type: 'activity-saved'; data: EventData['activity-saved'] }
  | SignIn
);

/** Somebody's sign-in: some 300 bytes of JSON. */
export interface SignIn {
  at: string;
  mono: number;
  type: 'visit-signed-in';
  data: EventData['visit-signed-in'];
  gesture: Gesture & { answer: { visitId: string; seq: number } };
}

/** Each activity is one event and this many sign-ins less one. */
const PER_ACTIVITY = 200;
const POSTS = ['blanking', 'welding', 'truss', 'spraying', 'electrical'];
const BEGIN = Date.parse('2026-01-05T18:00:00.000+08:00');

/** What a store holds before it is measured: activities one after the other, each with its sign-ins. */
export function* storedEvents(count: number): Generator<BenchEvent> {
  for (let index = 0; index < count; index++) {
    yield index % PER_ACTIVITY === 0
      ? { ...stamp(index), type: 'activity-saved', data: { activity: activityOf(index) } }
      : signInAt(index);
  }
}

/** How many of `storedEvents(count)` are sign-ins. */
export function signInsIn(count: number): number {
  return count - Math.ceil(count / PER_ACTIVITY);
}

/** How many of `storedEvents(count)` are sign-ins to the activity `ANSWERED`. */
export function answeredIn(count: number): number {
  return Math.max(0, Math.min(count, PER_ACTIVITY) - 1);
}

/** The activity that a started store is asked about. */
export const ANSWERED = activityIdOf(0);

/** The sign-in with that index; no two have the same person at the same activity. */
export function signInAt(index: number): SignIn {
  const turn = index % PER_ACTIVITY;
  const visitId = `k3m9pq-${index}`;
  return {
    ...stamp(index),
    type: 'visit-signed-in',
    data: {
      activityId: activityIdOf(index),
      personId: `person-${turn}`,
      postId: POSTS[turn % POSTS.length]!,
    },
    gesture: {
      id: `7c1d52e0-93ab-4f16-8d20-${String(index).padStart(12, '0')}`,
      fingerprint: `e3b0c44298fc1c149afb${String(index).padStart(12, '0')}`,
      answer: { visitId, seq: index },
    },
  };
}

/** The activity that the sign-in with that index is to. */
export function activityOf(index: number): Activity {
  const startsAt = stamp(index - (index % PER_ACTIVITY)).at;
  return {
    activityId: activityIdOf(index),
    title: { en: 'Volunteer evening', zh: '志愿服务之夜' },
    place: { en: 'Manufacturing centre', zh: '制造中心' },
    schedule: { kind: 'once', startsAt, endsAt: addMinutes(startsAt, 120), opensMinutesBefore: 30 },
    posts: POSTS.map((postId) => ({
      postId,
      name: { en: postId, zh: postId },
      wanted: PER_ACTIVITY / POSTS.length,
      limit: PER_ACTIVITY / POSTS.length,
    })),
  };
}

/** Everybody who signs in. */
export const ROSTER: Person[] = Array.from({ length: PER_ACTIVITY }, (_, turn) => ({
  personId: `person-${turn}`,
  name: `王建国${turn}`,
  staffNo: String(1000 + turn),
  team: '焊接班',
  categoryId: 'party-member',
}));

/** When the event with that index happened: one every second. */
export function stamp(index: number): { at: string; mono: number } {
  return { at: isoFromEpoch(BEGIN + index * 1000, '+08:00'), mono: index * 1000 + 0.125 };
}

function activityIdOf(index: number): string {
  return `activity-${Math.floor(index / PER_ACTIVITY)}`;
}

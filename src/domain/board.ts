import { attendedVisitsAt, countsAt, expectedPeople } from './counts.ts';
import type { Activity } from './activity.ts';
import type { State } from './state.ts';

/** Who is there and who is not, at one taking place of an activity. */
export interface Attendance {
  expected: number;
  present: number;
  /** Expected people who are not here; where only numbers are known, the difference. Never below 0. */
  absent: number;
  /** In the order of the kiosk's categories, people without one last. `expected` is null where nobody was named. */
  categories: { categoryId: string | null; expected: number | null; present: number }[];
}

/** Counts the taking place of `activity` at `at` for the board. */
export function attendanceAt(state: State, activity: Activity, at: string): Attendance {
  const { expected, present, absent } = countsAt(state, activity, at);
  const here = new Set(attendedVisitsAt(state, activity, at).map(({ personId }) => personId));
  const named = expectedPeople(state, activity);
  const categoryOf = (personId: string) => state.people.get(personId)?.categoryId ?? null;
  const rows = [...state.categories.keys(), null].map((categoryId) => ({
    categoryId,
    expected: named ? named.filter((personId) => categoryOf(personId) === categoryId).length : null,
    present: [...here].filter((personId) => categoryOf(personId) === categoryId).length,
  }));
  return {
    expected,
    present,
    absent,
    categories: rows.filter((row) => row.present > 0 || (row.expected ?? 0) > 0),
  };
}

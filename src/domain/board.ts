import type { Activity } from './activity.ts';
import {
  attendedVisitsAt,
  countsAt,
  excusedPeople,
  expectedPeople,
  openVisitsAt,
  type Counts,
} from './counts.ts';
import type { State } from './state.ts';

/** Who is there and who is not, at one taking place of an activity. */
export interface Attendance extends Omit<Counts, 'categories' | 'posts'> {
  /** In the order of the kiosk's categories, people without one last. */
  categories: CategoryAttendance[];
  /** In the activity's order. */
  posts: PostAttendance[];
}

/** One category; `expected` and `absent` are null where nobody was named. */
export interface CategoryAttendance extends Pick<Counts, 'present' | 'inside' | 'onLeave'> {
  categoryId: string | null;
  expected: number | null;
  absent: number | null;
}

/** One post; `onLeave` and `absent` are those who were assigned to it or lead it. */
export type PostAttendance = Counts['posts'][number] & Pick<Counts, 'onLeave' | 'absent'>;

/** Counts the taking place of `activity` at `at` for the board. */
export function attendanceAt(state: State, activity: Activity, at: string): Attendance {
  const { categories: _, posts, ...totals } = countsAt(state, activity, at);
  const here = new Set(attendedVisitsAt(state, activity, at).map(({ personId }) => personId));
  const inside = openVisitsAt(state, activity, at).map(({ personId }) => personId);
  const excused = new Set(excusedPeople(state, activity, at));
  const named = expectedPeople(state, activity);
  const isAbsent = (personId: string) => !here.has(personId) && !excused.has(personId);
  const rows = [...state.categories.keys(), null].map((categoryId) => {
    const isOf = (personId: string) => (state.people.get(personId)?.categoryId ?? null) === categoryId;
    const expected = named?.filter(isOf);
    return {
      categoryId,
      expected: expected?.length ?? null,
      present: [...here].filter(isOf).length,
      inside: inside.filter(isOf).length,
      onLeave: [...excused].filter(isOf).length,
      absent: expected?.filter(isAbsent).length ?? null,
    };
  });
  return {
    ...totals,
    categories: rows.filter((row) => row.present > 0 || row.onLeave > 0 || (row.expected ?? 0) > 0),
    posts: posts.map((post) => {
      const assigned = peopleOf(state, activity, post.postId);
      return {
        ...post,
        onLeave: assigned.filter((personId) => excused.has(personId)).length,
        absent: assigned.filter(isAbsent).length,
      };
    }),
  };
}

/** Who was told to go to the post, and who leads it; nobody who is on the roster no more. */
function peopleOf(state: State, { posts, assignments }: Activity, postId: string): string[] {
  const leader = posts.find((post) => post.postId === postId)?.leaderId;
  const assigned = Object.entries(assignments ?? {}).filter(([, assignedTo]) => assignedTo === postId);
  const people = new Set([...assigned.map(([personId]) => personId), ...(leader ? [leader] : [])]);
  return [...people].filter((personId) => state.people.has(personId) && !state.people.get(personId)!.left);
}

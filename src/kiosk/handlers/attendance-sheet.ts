import type {
  AttendanceRow,
  AttendanceSheet,
  HoursSum,
  MissingRow,
  SheetPerson,
} from '../../api/attendance-api.ts';
import { takingPlaceAt, type Activity } from '../../domain/activity.ts';
import type { Bilingual } from '../../domain/bilingual.ts';
import { attendanceAt } from '../../domain/board.ts';
import { attendedVisitsAt, excusedPeople, expectedPeople, leavesAt } from '../../domain/counts.ts';
import { earlyMinutes, lateMinutes, minutesOf } from '../../domain/hours.ts';
import { stepsForSeveral } from '../../domain/sign-out-steps.ts';
import type { State } from '../../domain/state.ts';
import { isoAt } from '../../domain/time.ts';
import type { Visit } from '../../domain/visit.ts';
import { activityView } from './activity-view.ts';
import { calledAs } from './called-as.ts';
import { isUnreviewed, signOutView } from './sign-outs.ts';

/** All visits of an activity, in order of arrival. */
export function visitsOf(state: State, activityId: string): Visit[] {
  return Array.from(state.visitsByActivity.get(activityId) ?? [], (visitId) => state.visits.get(visitId)!);
}

/** The sheet of one taking place: of a daily activity that of the date `takingPlace`, else the one at `now`. */
export function attendanceSheet(
  state: State,
  activity: Activity,
  now: string,
  takingPlace?: string,
): AttendanceSheet {
  const { schedule } = activity;
  const at = schedule.kind === 'daily' && takingPlace ? isoAt(takingPlace, schedule.start, now) : now;
  const place = takingPlaceAt(activity, at).takingPlace;
  const visits = visitsOf(state, activity.activityId).filter((visit) => visit.takingPlace === place);
  const several = stepsForSeveral(visits);
  const { categories, posts, ...counts } = attendanceAt(state, activity, at);
  return {
    activity: activityView(state, activity, at),
    rows: visits.map((visit, index) => attendanceRow(state, activity, visit, { number: index + 1, several })),
    missing: missingRows(state, activity, at),
    totals: {
      ...counts,
      categories: categories.map(({ categoryId, inside: _, ...numbers }) => ({
        category: state.categories.get(categoryId ?? '')?.name ?? null,
        ...numbers,
      })),
      posts: activity.posts.map(({ name, wanted }, index) => ({
        post: name,
        wanted,
        present: posts[index]!.present,
      })),
      hours: hoursOf(visits),
      unreviewed: visits.filter(isUnreviewed).length,
    },
  };
}

function hoursOf(visits: Visit[]): AttendanceSheet['totals']['hours'] {
  const none = (): HoursSum => ({ visits: 0, minutes: 0 });
  const sums = { measured: none(), planned: none(), corrected: none() };
  for (const visit of visits) {
    const minutes = minutesOf(visit);
    if (minutes === undefined) continue;
    const sum = sums[visit.signOut!.how];
    sum.visits++;
    sum.minutes += minutes;
  }
  return sums;
}

/** Expected people who did not come, those on leave first; each group in the order of the list or the roster. */
function missingRows(state: State, activity: Activity, at: string): MissingRow[] {
  const excused = new Set(excusedPeople(state, activity, at));
  const here = new Set(attendedVisitsAt(state, activity, at).map(({ personId }) => personId));
  const absent = (expectedPeople(state, activity) ?? []).filter(
    (personId) => !here.has(personId) && !excused.has(personId),
  );
  const leaves = leavesAt(state, activity, at).filter(({ personId }) => excused.has(personId));
  const rowOf = (personId: string) =>
    sheetPerson(state, activity, { personId, postId: activity.assignments?.[personId] ?? null });
  return [
    ...leaves.map(({ personId, notedOn, reason }) => ({ ...rowOf(personId), leave: { notedOn, reason } })),
    ...absent.map(rowOf),
  ];
}

function sheetPerson(
  state: State,
  activity: Activity,
  { personId, postId }: Pick<Visit, 'personId' | 'postId'>,
): SheetPerson {
  const person = state.people.get(personId);
  return {
    ...calledAs(person, { personId }),
    staffNo: person?.staffNo ?? '',
    team: person?.team ?? '',
    category: state.categories.get(person?.categoryId ?? '')?.name ?? null,
    post: postName(activity, postId),
  };
}

function attendanceRow(
  state: State,
  activity: Activity,
  visit: Visit,
  { number, several }: { number: number; several: ReadonlySet<number> },
): AttendanceRow {
  const { signedInAt, undoneAt, overLimit, reason, enteredAt, voidReason, earlierPosts, signOut } = visit;
  const { timeCorrected, doubled, timeDropped, staysToEnd, vouchedBy, evidence, postReason } = visit;
  const organisation = state.people.get(visit.guestId ?? visit.personId)?.organisation;
  const minutes = minutesOf(visit);
  const late = lateMinutes(state, activity, visit);
  const early = earlyMinutes(state, activity, visit);
  return {
    number,
    ...sheetPerson(state, activity, visit),
    ...(organisation !== undefined && { organisation }),
    signedInAt,
    ...(earlierPosts && { earlierPosts: earlierPosts.map((postId) => postName(activity, postId)) }),
    ...(signOut && { signOut: signOutView(signOut, several) }),
    ...(minutes !== undefined && { minutes }),
    ...(late > 0 && { lateMinutes: late }),
    ...(early > 0 && { earlyMinutes: early }),
    ...(vouchedBy !== undefined && { vouchedBy: state.people.get(vouchedBy ?? '')?.name ?? '' }),
    ...(staysToEnd && { staysToEnd }),
    // Of a visit that was undone it may be anybody's.
    ...(evidence?.signature && !undoneAt && { signature: evidence.signature }),
    ...(undoneAt !== undefined && { undoneAt }),
    ...(overLimit && { overLimit }),
    ...(reason !== undefined && { reason }),
    ...(postReason !== undefined && { postReason }),
    ...(enteredAt !== undefined && { enteredAt }),
    ...(voidReason !== undefined && { voidReason }),
    ...(timeCorrected && { timeCorrected }),
    ...(doubled && { doubled }),
    ...(timeDropped && { timeDropped }),
  };
}

function postName({ posts }: Activity, postId: string | null): Bilingual | null {
  return posts.find((post) => post.postId === postId)?.name ?? null;
}

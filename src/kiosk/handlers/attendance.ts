import type { AttendanceRow, AttendanceSheet, VisitView } from '../../api/attendance-api.ts';
import { isoAt } from '../../domain/time.ts';
import { takingPlaceAt, type Activity } from '../../domain/activity.ts';
import { countsAt } from '../../domain/counts.ts';
import type { Person } from '../../domain/person.ts';
import { roleAllows } from '../../domain/role.ts';
import type { State } from '../../domain/state.ts';
import type { Visit } from '../../domain/visit.ts';
import { activityById, activityView } from './activity-view.ts';
import type { HandlersOf, Parts } from './parts.ts';

/** Answers `attendance.*`. */
export function attendanceHandlers({ ledger, clock }: Parts): HandlersOf<'attendance'> {
  return {
    'attendance.signIn'(input, { role }) {
      const { gestureId: _, ...choice } = input;
      return ledger.run({ type: 'sign-in', ...choice }, input, role);
    },
    'attendance.undo'(input, { role }) {
      return ledger.run({ type: 'undo-sign-in', visitId: input.visitId }, input, role);
    },
    'attendance.void'(input, { role }) {
      const { visitId, reason } = input;
      return ledger.run({ type: 'void-visit', visitId, reason }, input, role);
    },
    'attendance.add'(input, { role }) {
      const { gestureId: _, at, ...choice } = input;
      const command = { type: 'add-visit' as const, ...choice, ...(at !== undefined && { signedInAt: at }) };
      return ledger.run(command, input, role);
    },
    'attendance.list'({ activityId }, { role }) {
      activityById(ledger.state, activityId);
      const visits = visitViews(ledger.state, activityId);
      return { visits: roleAllows(role, 'editor') ? visits : visits.map(withoutReasons) };
    },
    'attendance.sheet'({ activityId, takingPlace }) {
      return attendanceSheet(ledger.state, activityById(ledger.state, activityId), clock.now(), takingPlace);
    },
    'attendance.counts'({ activityId }) {
      return countsAt(ledger.state, activityById(ledger.state, activityId), clock.now());
    },
  };
}

function visitsOf(state: State, activityId: string): Visit[] {
  return Array.from(state.visitsByActivity.get(activityId) ?? [], (visitId) => state.visits.get(visitId)!);
}

/** All visits of an activity as the office sees them, in order of arrival. */
export function visitViews(state: State, activityId: string): VisitView[] {
  return visitsOf(state, activityId).map((visit) => visitView(state, visit));
}

function visitView(state: State, { activityId: _, undoneSeq: _seq, ...visit }: Visit): VisitView {
  const person = state.people.get(visit.personId);
  return { ...visit, ...calledAs(person, visit), categoryId: person?.categoryId ?? null };
}

/** The name, or that there is none any more. */
function calledAs(
  person: Person | undefined,
  { personId }: Pick<Visit, 'personId'>,
): Pick<VisitView, 'name' | 'erased'> {
  return person?.erased ? { name: '', erased: true } : { name: person?.name ?? personId };
}

/** What a screen may know of a visit: why somebody is late, entered or void is for the office. */
function withoutReasons({
  reason: _,
  voidReason: _void,
  enteredAt: _entered,
  ...visit
}: VisitView): VisitView {
  return visit;
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
  const { expected, absent } = countsAt(state, activity, at);
  const standing = visits.filter((visit) => !visit.undoneAt);
  const categoryOf = ({ personId }: Visit) => state.people.get(personId)?.categoryId ?? null;
  return {
    activity: activityView(state, activity, at),
    rows: visits.map((visit, index) => attendanceRow(state, activity, visit, index + 1)),
    totals: {
      expected,
      present: standing.length,
      absent,
      categories: [...state.categories.values(), null]
        .map((category) => ({
          category: category?.name ?? null,
          present: standing.filter((visit) => categoryOf(visit) === (category?.categoryId ?? null)).length,
        }))
        .filter(({ present }) => present > 0),
      posts: activity.posts.map(({ postId, name, wanted }) => ({
        post: name,
        wanted,
        present: standing.filter((visit) => visit.postId === postId).length,
      })),
    },
  };
}

function attendanceRow(state: State, activity: Activity, visit: Visit, number: number): AttendanceRow {
  const { postId, signedInAt, undoneAt, overLimit, reason, enteredAt, voidReason } = visit;
  const { timeCorrected, doubled, timeDropped } = visit;
  const person = state.people.get(visit.personId);
  return {
    number,
    ...calledAs(person, visit),
    staffNo: person?.staffNo ?? '',
    team: person?.team ?? '',
    category: state.categories.get(person?.categoryId ?? '')?.name ?? null,
    post: activity.posts.find((post) => post.postId === postId)?.name ?? null,
    signedInAt,
    ...(undoneAt !== undefined && { undoneAt }),
    ...(overLimit && { overLimit }),
    ...(reason !== undefined && { reason }),
    ...(enteredAt !== undefined && { enteredAt }),
    ...(voidReason !== undefined && { voidReason }),
    ...(timeCorrected && { timeCorrected }),
    ...(doubled && { doubled }),
    ...(timeDropped && { timeDropped }),
  };
}

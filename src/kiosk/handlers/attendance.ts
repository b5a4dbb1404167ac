import type { AttendanceRow, AttendanceSheet, VisitView } from '../../api/attendance-api.ts';
import { isoAt } from '../../domain/time.ts';
import { takingPlaceAt, type Activity } from '../../domain/activity.ts';
import { countsAt } from '../../domain/counts.ts';
import { RULES_SAY_NO } from '../../domain/admission.ts';
import { earlyMinutes, lateMinutes, minutesOf } from '../../domain/hours.ts';
import { Refusal } from '../../domain/refusal.ts';
import { roleAllows } from '../../domain/role.ts';
import type { State } from '../../domain/state.ts';
import type { Visit } from '../../domain/visit.ts';
import { calledAs } from './called-as.ts';
import { minutesSoFar } from './sign-outs.ts';
import { activityById, activityView } from './activity-view.ts';
import type { HandlersOf, Parts } from './parts.ts';

/** Answers `attendance.*`. */
export function attendanceHandlers({ ledger, clock }: Parts): HandlersOf<'attendance'> {
  return {
    async 'attendance.signIn'(input, { role }) {
      const { gestureId: _, ...choice } = input;
      const { activityId, personId, postId } = choice;
      try {
        const answer = await ledger.run<{ visitId: string; seq: number }>(
          { type: 'sign-in', ...choice },
          input,
          role,
        );
        return { ...answer, minutesSoFar: minutesSoFar(ledger.state, personId) };
      } catch (error) {
        if (error instanceof Refusal && RULES_SAY_NO.has(error.reason.code)) {
          const { code } = error.reason;
          const post = postId !== undefined && { postId };
          await ledger.note({ type: 'note-attempt', activityId, personId, ...post, code });
        }
        throw error;
      }
    },
    'attendance.changePost'(input, { role }) {
      const { gestureId: _, ...change } = input;
      return ledger.run({ type: 'change-post', ...change }, input, role);
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

function visitView(state: State, visit: Visit): VisitView {
  const { activityId, undoneSeq: _, vouchedBy, guestId, evidence, ...kept } = visit;
  const person = state.people.get(visit.personId);
  const activity = state.activities.get(activityId);
  const minutes = minutesOf(visit);
  const late = activity ? lateMinutes(activity, visit) : 0;
  const early = activity ? earlyMinutes(activity, visit) : 0;
  return {
    ...kept,
    ...calledAs(person, visit),
    categoryId: person?.categoryId ?? null,
    ...(vouchedBy !== undefined && { vouchedBy: state.people.get(vouchedBy ?? '')?.name ?? '' }),
    ...((guestId !== undefined || person?.guest) && { guest: true }),
    ...(evidence && {
      evidence: { signature: evidence.signature !== undefined, photo: evidence.photo !== undefined },
    }),
    ...(minutes !== undefined && { minutes }),
    ...(late > 0 && { lateMinutes: late }),
    ...(early > 0 && { earlyMinutes: early }),
  };
}

/** What a screen may know of a visit: why somebody is late, entered or void is for the office. */
function withoutReasons({
  reason: _,
  voidReason: _void,
  enteredAt: _entered,
  signOut,
  ...visit
}: VisitView): VisitView {
  if (!signOut) return visit;
  const { reason: _why, ...ended } = signOut;
  return { ...visit, signOut: ended };
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

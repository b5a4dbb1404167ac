import type { VisitView } from '../../api/attendance-api.ts';
import type { Attempted } from '../../domain/attempt.ts';
import { countsAt } from '../../domain/counts.ts';
import { earlyMinutes, lateMinutes, minutesOf } from '../../domain/hours.ts';
import { maskedName } from '../../domain/names-shown.ts';
import { roleAllows } from '../../domain/role.ts';
import { stepsForSeveral } from '../../domain/sign-out-steps.ts';
import type { NamesShown } from '../../domain/settings.ts';
import type { State } from '../../domain/state.ts';
import type { Visit } from '../../domain/visit.ts';
import { activityById } from './activity-view.ts';
import { attendanceSheet, visitsOf } from './attendance-sheet.ts';
import { calledAs } from './called-as.ts';
import { keepingAttempt } from './keep-attempt.ts';
import type { HandlersOf, Parts } from './parts.ts';
import { distinction } from './person-view.ts';
import { minutesSoFar, signOutView } from './sign-outs.ts';

/** Answers `attendance.*`. */
export function attendanceHandlers({ ledger, clock, finder }: Parts): HandlersOf<'attendance'> {
  function withDistinction(visit: VisitView): VisitView {
    const person = ledger.state.people.get(visit.personId);
    if (!person || person.erased || !finder().isShared(person.name)) return visit;
    return { ...visit, distinguish: distinction(person) };
  }

  return {
    async 'attendance.signIn'(input, { role }) {
      const { gestureId: _, ...choice } = input;
      const { activityId, personId, postId } = choice;
      const answer = await keepingAttempt(
        ledger,
        () => ({ activityId, personId, ...(postId !== undefined && { postId }) }),
        ledger.run<{ visitId: string; seq: number }>({ type: 'sign-in', ...choice }, input, role),
      );
      const { name } = calledAs(ledger.state.people.get(personId), { personId });
      const { signedInAt } = ledger.state.visits.get(answer.visitId)!;
      return { ...answer, signedInAt, name, minutesSoFar: minutesSoFar(ledger.state, personId) };
    },
    'attendance.changePost'(input, { role }) {
      const { gestureId: _, ...change } = input;
      const moved = ledger.run<{ visitId: string }>({ type: 'change-post', ...change }, input, role);
      return keepingAttempt(ledger, () => wantedMove(ledger.state, change), moved);
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
      if (roleAllows(role, 'editor')) return { visits: visits.map(withDistinction) };
      const names = roleAllows(role, 'leader') ? 'full' : ledger.state.settings.names;
      return { visits: visits.map((visit) => withMaskedNames(withoutReasons(visit), names)) };
    },
    'attendance.sheet'({ activityId, takingPlace }) {
      return attendanceSheet(ledger.state, activityById(ledger.state, activityId), clock.now(), takingPlace);
    },
    'attendance.counts'({ activityId }) {
      return countsAt(ledger.state, activityById(ledger.state, activityId), clock.now());
    },
  };
}

/** Who wanted to another post; undefined where there is no such visit. */
function wantedMove(
  { visits }: State,
  { visitId, postId }: { visitId: string; postId: string },
): Attempted | undefined {
  const visit = visits.get(visitId);
  return visit && { activityId: visit.activityId, personId: visit.personId, postId };
}

/** All visits of an activity as the office sees them, in order of arrival. */
export function visitViews(state: State, activityId: string): VisitView[] {
  const visits = visitsOf(state, activityId);
  const several = stepsForSeveral(visits);
  return visits.map((visit) => visitView(state, visit, several));
}

function visitView(state: State, visit: Visit, several: ReadonlySet<number>): VisitView {
  const { activityId, undoneSeq: _, vouchedBy, guestId, evidence, signOut, ...kept } = visit;
  const person = state.people.get(visit.personId);
  const activity = state.activities.get(activityId);
  const minutes = minutesOf(visit);
  const late = activity ? lateMinutes(state, activity, visit) : 0;
  const early = activity ? earlyMinutes(state, activity, visit) : 0;
  return {
    ...kept,
    ...(signOut && { signOut: signOutView(signOut, several) }),
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

function withMaskedNames(visit: VisitView, names: NamesShown): VisitView {
  const { name, vouchedBy } = visit;
  return {
    ...visit,
    name: maskedName(name, names),
    ...(vouchedBy !== undefined && { vouchedBy: maskedName(vouchedBy, names) }),
  };
}

/** What a screen may know of a visit: why somebody is late, entered or void is for the office. */
function withoutReasons({
  reason: _,
  postReason: _post,
  voidReason: _void,
  enteredAt: _entered,
  signOut,
  ...visit
}: VisitView): VisitView {
  if (!signOut) return visit;
  const { reason: _why, by: _by, replaced: _replaced, ...ended } = signOut;
  return { ...visit, signOut: ended };
}

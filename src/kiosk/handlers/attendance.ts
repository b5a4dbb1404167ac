import type { AttendanceRow, VisitView } from '../../api/attendance-api.ts';
import type { Activity } from '../../domain/activity.ts';
import { countsAt } from '../../domain/counts.ts';
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
    'attendance.list'({ activityId }) {
      activityById(ledger.state, activityId);
      return { visits: visitsOf(ledger.state, activityId).map((visit) => visitView(ledger.state, visit)) };
    },
    'attendance.sheet'({ activityId }) {
      const activity = activityById(ledger.state, activityId);
      return {
        activity: activityView(ledger.state, activity, clock.now()),
        rows: attendanceRows(ledger.state, activity),
      };
    },
    'attendance.counts'({ activityId }) {
      return countsAt(ledger.state, activityById(ledger.state, activityId), clock.now());
    },
  };
}

function visitsOf(state: State, activityId: string): Visit[] {
  return Array.from(state.visitsByActivity.get(activityId) ?? [], (visitId) => state.visits.get(visitId)!);
}

function visitView(state: State, { activityId: _, ...visit }: Visit): VisitView {
  const person = state.people.get(visit.personId);
  return { ...visit, name: person?.name ?? visit.personId, categoryId: person?.categoryId ?? null };
}

function attendanceRows(state: State, activity: Activity): AttendanceRow[] {
  return visitsOf(state, activity.activityId).map((visit, index) => {
    const { personId, postId, signedInAt, undoneAt, overLimit, reason } = visit;
    const person = state.people.get(personId);
    return {
      number: index + 1,
      name: person?.name ?? personId,
      staffNo: person?.staffNo ?? '',
      team: person?.team ?? '',
      category: state.categories.get(person?.categoryId ?? '')?.name ?? null,
      post: activity.posts.find((post) => post.postId === postId)?.name ?? null,
      signedInAt,
      ...(undoneAt !== undefined && { undoneAt }),
      ...(overLimit && { overLimit }),
      ...(reason !== undefined && { reason }),
    };
  });
}

import { CallError } from '../../api/call-error.ts';
import type { Caller } from '../../api/dispatcher.ts';
import type { State } from '../../domain/state.ts';

/** A leader acts only where they lead a post; staff act anywhere. @throws CallError `not-leading`. */
export function requireLed(state: Readonly<State>, activityId: string, { role, personId }: Caller): void {
  if (role !== 'leader' || personId === undefined) return;
  const activity = state.activities.get(activityId);
  if (activity && !activity.posts.some(({ leaderId }) => leaderId === personId)) throw notLeading();
}

/** The same for visits, each by its activity. */
export function requireVisitsLed(state: Readonly<State>, visitIds: readonly string[], caller: Caller): void {
  for (const visitId of visitIds) {
    const visit = state.visits.get(visitId);
    if (visit) requireLed(state, visit.activityId, caller);
  }
}

/** The "no" to somebody who leads nothing there. */
export function notLeading(): CallError {
  return new CallError('refused', 'not-leading', {
    en: 'Only who leads a post of this activity can do this. Leaders are set in the office, under Activities.',
    zh: '只有本次活动的班组长才能进行此操作。班组长在管理页面“活动”中设置。',
  });
}

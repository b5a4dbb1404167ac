import { Refusal } from './refusal.ts';
import type { State } from './state.ts';
import type { Visit } from './visit.ts';

/** The visit with that id, which counts. @throws Refusal `visit-unknown`, `visit-undone`. */
export function standingVisit(state: State, visitId: string): Visit {
  const visit = state.visits.get(visitId);
  if (!visit) throw new Refusal({ code: 'visit-unknown' });
  if (visit.undoneAt) throw new Refusal({ code: 'visit-undone', undoneAt: visit.undoneAt });
  return visit;
}

/** Likewise one whose times are still kept. @throws Refusal `times-dropped` as well. */
export function exactVisit(state: State, visitId: string): Visit {
  const visit = standingVisit(state, visitId);
  if (visit.timeDropped) throw new Refusal({ code: 'times-dropped' });
  return visit;
}

/** Likewise one that goes on. @throws Refusal `signed-out` as well. */
export function goingVisit(state: State, visitId: string): Visit {
  const visit = exactVisit(state, visitId);
  if (visit.signOut) throw new Refusal({ code: 'signed-out', at: visit.signOut.at });
  return visit;
}

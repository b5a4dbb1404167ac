import { takingPlaceAt } from './activity.ts';
import { remainingMs, settledByItself, type ClockJump } from './clock-jump.ts';
import { endsOf, mapEnds } from './ends.ts';
import type { ClockCorrection, ClockJumpData } from './event.ts';
import { reindexPlaces, type State } from './state.ts';
import { addMs } from './time.ts';
import { takingPlaceKey, type SignOut, type Visit } from './visit.ts';

/** Is there a jump that nobody has settled? Then nothing is deleted by date. */
export function clockInDoubt(state: State): boolean {
  return [...state.clockJumps.values()].some(({ settled }) => !settled);
}

/** Notes a jump: the kiosk follows the system's clock again, which the jump may just have set right. */
export function noteJump(state: State, noted: Pick<ClockJump, 'jumpId' | 'seq'>, data: ClockJumpData): void {
  const jump: ClockJump = { ...noted, ...data, movedBeforeMs: state.clockShiftMs, movedAfterMs: 0 };
  state.clockJumps.set(jump.jumpId, settledByItself(jump, data.after));
  state.clockShiftMs = 0;
}

/** What settling a jump does: events from `from` up to, without, `to` move by `byMs` milliseconds. */
export interface Correction {
  byMs: number;
  from: number;
  to: number;
  /** The jumps that are changed by it. */
  jumps: ClockJump[];
  clockShiftMs: number;
}

/**
 * What it means that one side of `jump` was right: the other side moves, up to the next jump that is in doubt, for
 * jumps that are settled hold their sides together.
 */
export function correctionOf(
  state: State,
  jump: ClockJump,
  right: 'before' | 'after',
  at: string,
): Correction {
  const all = [...state.clockJumps.values()];
  const index = all.findIndex(({ jumpId }) => jumpId === jump.jumpId);
  const settled: ClockJump = { ...jump, settled: right, settledAt: at };
  const size = remainingMs(jump);
  const nothing = { byMs: 0, from: jump.seq, to: jump.seq, clockShiftMs: state.clockShiftMs };
  if (size === null) return { ...nothing, jumps: [settled] };
  return right === 'before'
    ? moveLater(state, settled, all.slice(index + 1), -size, at)
    : moveEarlier(state, settled, all.slice(0, index).reverse(), size, at);
}

function moveLater(state: State, jump: ClockJump, later: ClockJump[], byMs: number, at: string): Correction {
  const jumps: ClockJump[] = [{ ...jump, movedAfterMs: jump.movedAfterMs + byMs }];
  const from = jump.seq + 1;
  for (const next of later) {
    const moved = { ...next, movedBeforeMs: next.movedBeforeMs + byMs };
    if (!holdsTogether(next)) {
      jumps.push(settledByItself(moved, at));
      return { byMs, from, to: next.seq, jumps, clockShiftMs: state.clockShiftMs };
    }
    jumps.push({ ...moved, movedAfterMs: next.movedAfterMs + byMs });
  }
  return { byMs, from, to: Infinity, jumps, clockShiftMs: state.clockShiftMs + byMs };
}

function moveEarlier(
  state: State,
  jump: ClockJump,
  earlier: ClockJump[],
  byMs: number,
  at: string,
): Correction {
  const jumps: ClockJump[] = [{ ...jump, movedBeforeMs: jump.movedBeforeMs + byMs }];
  let from = jump.sinceSeq;
  for (const previous of earlier) {
    // What an earlier process wrote may have been of any setting.
    if (previous.seq < from) break;
    const moved = { ...previous, movedAfterMs: previous.movedAfterMs + byMs };
    if (!holdsTogether(previous)) {
      jumps.push(settledByItself(moved, at));
      from = previous.seq + 1;
      break;
    }
    jumps.push({ ...moved, movedBeforeMs: previous.movedBeforeMs + byMs });
    from = Math.min(from, previous.sinceSeq);
  }
  return { byMs, from, to: jump.seq, jumps, clockShiftMs: state.clockShiftMs };
}

function holdsTogether({ settled, byMs }: ClockJump): boolean {
  return settled !== undefined && byMs !== null;
}

/** Settles a jump and moves what was written on its wrong side. */
export function correctClock(
  state: State,
  { jumpId, right, doubles = [] }: ClockCorrection,
  at: string,
): void {
  const jump = state.clockJumps.get(jumpId);
  if (!jump) return;
  const correction = correctionOf(state, jump, right, at);
  for (const changed of correction.jumps) state.clockJumps.set(changed.jumpId, changed);
  state.clockShiftMs = correction.clockShiftMs;
  for (const visit of movedVisits(state, correction)) state.visits.set(visit.visitId, visit);
  for (const visitId of doubles) {
    const visit = state.visits.get(visitId);
    if (visit) state.visits.set(visitId, asDouble(visit));
  }
  reindexPlaces(state);
}

/** The visits that the correction changes, as they will be, in order of arrival. Those that keep only dates stay. */
export function movedVisits(state: State, { byMs, from, to }: Correction): Visit[] {
  if (byMs === 0) return [];
  const isIn = (seq: number | undefined) => seq !== undefined && seq >= from && seq < to;
  const touched = [...state.visits.values()].filter(
    ({ timeDropped, seq, signOut, undoneSeq }) =>
      !timeDropped && (isIn(seq) || endsOf(signOut).some((end) => isIn(end.seq)) || isIn(undoneSeq)),
  );
  const withEndMoved = (end: SignOut) =>
    end.how === 'measured' && isIn(end.seq) ? { ...end, at: addMs(end.at, byMs) } : end;
  return touched.map((visit) => ({
    ...(isIn(visit.seq) ? withArrivalMoved(state, visit, byMs) : visit),
    ...(visit.signOut && { signOut: mapEnds(visit.signOut, withEndMoved) }),
    ...(visit.undoneAt !== undefined && isIn(visit.undoneSeq) && { undoneAt: addMs(visit.undoneAt, byMs) }),
    timeCorrected: true,
  }));
}

/** The arrival by the right clock; what staff entered by hand was never the clock's, but when they did was. */
function withArrivalMoved(state: State, visit: Visit, byMs: number): Visit {
  const { signedInAt, enteredAt } = visit;
  const entered = enteredAt !== undefined && { enteredAt: addMs(enteredAt, byMs) };
  if (enteredAt !== undefined && signedInAt !== enteredAt) return { ...visit, ...entered };
  const moved = addMs(signedInAt, byMs);
  return { ...visit, ...entered, signedInAt: moved, ...takingPlaceMoved(state, visit, moved) };
}

/** Another taking place where the right time belongs to another one than the wrong time did. */
function takingPlaceMoved(state: State, visit: Visit, moved: string): { takingPlace?: string } {
  const activity = state.activities.get(visit.activityId);
  if (!activity || visit.takingPlace === undefined) return {};
  const there = takingPlaceAt(activity, moved);
  return there.takingPlace === takingPlaceAt(activity, visit.signedInAt).takingPlace ? {} : there;
}

/** Of people who would be twice at one taking place when `moved` are where they belong, the later visits. */
export function doublesAmong(state: State, moved: readonly Visit[]): string[] {
  const after = new Map(moved.map((visit) => [visit.visitId, visit]));
  /** By place and person, until which event somebody was there. */
  const here = new Map<string, number>();
  const doubles: string[] = [];
  for (const { visitId } of state.visits.values()) {
    const visit = after.get(visitId) ?? state.visits.get(visitId)!;
    if (visit.undoneAt) continue;
    const key = `${takingPlaceKey(visit)}\n${visit.personId}`;
    if (visit.seq < (here.get(key) ?? 0)) doubles.push(visitId);
    else here.set(key, visit.signOut?.seq ?? Infinity);
  }
  return doubles;
}

/** With a right clock it would have been refused: it ends when it was made. */
function asDouble(visit: Visit): Visit {
  return { ...visit, undoneAt: visit.enteredAt ?? visit.signedInAt, undoneSeq: visit.seq, doubled: true };
}

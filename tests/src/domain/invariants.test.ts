import assert from 'node:assert/strict';
import fc from 'fast-check';
import { test } from 'vitest';
import type { Asking, Command } from '../../../src/domain/command.ts';
import { clockInDoubt } from '../../../src/domain/correct-clock.ts';
import { countsAt } from '../../../src/domain/counts.ts';
import { decide } from '../../../src/domain/decide.ts';
import type { Decision } from '../../../src/domain/decision.ts';
import { endsOf, mapEnds } from '../../../src/domain/ends.ts';
import { eventId, type Event } from '../../../src/domain/event.ts';
import { evolve } from '../../../src/domain/evolve.ts';
import { Refusal } from '../../../src/domain/refusal.ts';
import { restoreRecord, snapshotRecords, type SnapshotRecord } from '../../../src/domain/snapshot.ts';
import { copyState, emptyState, type State } from '../../../src/domain/state.ts';
import { isoFromEpoch, localDateOf, midnightOf } from '../../../src/domain/time.ts';
import { takingPlaceKey, type Visit } from '../../../src/domain/visit.ts';
import { LONG, RUNS } from './runs.ts';
import { clockMove, commandOf, days, guestDays, upkeepDays, type Step } from './steps.ts';

const GATE = 'gate';

interface World {
  state: State;
  events: Event[];
  epoch: number;
  /** What was accepted, with the gesture it came by. */
  past: { command: Command; asking: Asking; answer: unknown }[];
}

test('whatever a day brings, the books stay right after every step', LONG, () => {
  fc.assert(
    fc.property(
      fc.oneof(
        { weight: 2, arbitrary: days },
        { weight: 1, arbitrary: upkeepDays },
        { weight: 1, arbitrary: guestDays },
      ),
      (steps) => {
        const world: World = {
          state: emptyState(),
          events: [],
          epoch: Date.parse('2026-11-22T23:50:00.000+08:00'),
          past: [],
        };
        for (const [index, step] of steps.entries()) take(world, step, `gesture-${index}`);
      },
    ),
    RUNS,
  );
});

function take(world: World, step: Step, gestureId: string): void {
  world.epoch += 1000;
  // As the ledger does: the kiosk's time is the system's and what staff corrected it by.
  const at = isoFromEpoch(world.epoch + world.state.clockShiftMs, '+08:00');
  if (step.kind === 'wait') {
    world.epoch += step.seconds * 1000;
  } else if (step.kind === 'repeat') {
    repeat(world, step, at);
  } else {
    const command = commandOf(step, world.state, at)!;
    perform(world, command, { at, role: step.role, gesture: { id: gestureId, fingerprint: 'first' } });
    world.epoch += clockMove(step);
  }
}

function perform(world: World, command: Command, asking: Asking): void {
  const { state } = world;
  const before = structuredClone(state);
  const decision = decideOrRefuse(state, command, asking);
  assert.deepEqual(state, before, 'deciding changes nothing');
  if (!decision?.event) return;

  const seq = state.lastSeq + 1;
  const event: Event = deepFreeze({ ...decision.event, seq, id: eventId(GATE, seq), at: asking.at });
  const stored = JSON.parse(JSON.stringify(event)) as Event;
  assert.deepEqual(stored, event, 'the journal can hold the event as it is');
  evolve(state, event);
  world.events.push(stored);
  world.past.push({ command, asking, answer: decision.answer });

  checkVisits(state);
  checkRoster(state, event);
  checkErased(state);
  if (event.type === 'times-dropped')
    assert(!clockInDoubt(before), 'no date is trusted while the clock is in doubt');
  checkNothingForgotten(before, state, event);
  checkRebuilds(world);
  const again = decide(state, GATE, command, asking);
  assert.deepEqual(
    again,
    { answer: decision.answer },
    'a double tap changes nothing and gets the same answer',
  );
  if (command.type === 'sign-in') checkSignIn(before, state, event, asking);
  if (command.type === 'add-visit') checkEntry(before, state, event, asking);
}

function decideOrRefuse(state: State, command: Command, asking: Asking): Decision | undefined {
  try {
    return decide(state, GATE, command, asking);
  } catch (error) {
    assert(error instanceof Refusal, `only a refusal may be thrown: ${String(error)}`);
    return undefined;
  }
}

/** The same gesture gets its first answer; with another input, or once its words are erased, it is refused. */
function repeat({ state, past }: World, step: Extract<Step, { kind: 'repeat' }>, at: string): void {
  const earlier = past[step.gesture % (past.length || 1)];
  if (!earlier) return;
  const { command, asking, answer } = earlier;
  const known = state.gestures.get(asking.gesture.id);
  if (!known) return checkForgotten(state, answer);
  if (step.sameInput && known.fingerprint !== '') {
    assert.deepEqual(decide(state, GATE, command, { ...asking, at }), { answer });
    return;
  }
  const other = { ...asking, at, gesture: { ...asking.gesture, fingerprint: 'other' } };
  assert.throws(
    () => decide(state, GATE, command, other),
    (error) => error instanceof Refusal && error.reason.code === 'gesture-reused',
  );
}

/** A gesture is forgotten only with the visit it was about, or with the times of that visit. */
function checkForgotten(state: State, answer: unknown): void {
  const { visitId, visitIds = [visitId] } = answer as { visitId?: string; visitIds?: string[] };
  assert(visitIds[0] !== undefined, 'a gesture about no visit is never forgotten');
  for (const about of visitIds) {
    const visit = state.visits.get(about!);
    assert(!visit || visit.timeDropped, 'while there is a visit with its times, a second tap is known');
  }
}

/** At most one open visit a person and taking place, and all indexes say what the visits say. */
function checkVisits(state: State): void {
  const open = new Map<string, Map<string, string>>();
  const attended = new Map<string, Map<string, string>>();
  const byActivity = new Map<string, Set<string>>();
  const byPerson = new Map<string, Set<string>>();
  for (const visit of state.visits.values()) {
    const ofActivity = byActivity.get(visit.activityId) ?? new Set();
    byActivity.set(visit.activityId, ofActivity.add(visit.visitId));
    const ofPerson = byPerson.get(visit.personId) ?? new Set();
    byPerson.set(visit.personId, ofPerson.add(visit.visitId));
    assert(state.people.has(visit.personId), 'nobody who signed in has disappeared');
    assert(state.activities.has(visit.activityId), 'every visit has its activity');
    if (visit.undoneAt) continue;
    const key = takingPlaceKey(visit);
    attended.set(key, (attended.get(key) ?? new Map<string, string>()).set(visit.personId, visit.visitId));
    if (visit.signOut) continue;
    const here = open.get(key) ?? new Map<string, string>();
    assert(!here.has(visit.personId), 'one open visit a person and taking place');
    open.set(key, here.set(visit.personId, visit.visitId));
  }
  assert.deepEqual(state.openVisits, open);
  assert.deepEqual(state.attendedVisits, attended);
  assert.deepEqual(state.visitsByActivity, byActivity);
  assert.deepEqual(state.visitsByPerson, byPerson);
  checkInOrder(state, state.visits.keys());
}

function checkInOrder(state: State, visitIds: Iterable<string>): void {
  const seqs = Array.from(visitIds, (visitId) => state.visits.get(visitId)!.seq);
  assert.deepEqual(
    seqs,
    seqs.toSorted((a, b) => a - b),
    'visits stand in order of arrival',
  );
}

/**
 * Whom anything names is known; its size says who is on it; a staff number is one person's there; who was removed
 * is not.
 */
function checkRoster(state: State, event: Event): void {
  for (const personId of event.type === 'people-removed' ? event.data.personIds : []) {
    const person = state.people.get(personId);
    assert(!person || person.left, 'who was removed is off the roster');
  }
  const onIt = [...state.people.values()].filter(({ left }) => !left);
  const numbers = onIt.filter(({ sample }) => !sample).flatMap(({ staffNo }) => staffNo ?? []);
  assert.equal(new Set(numbers).size, numbers.length, 'a staff number belongs to one person');
  for (const { posts, expectedIds } of state.activities.values()) {
    const named = [...posts.flatMap(({ leaderId }) => leaderId ?? []), ...(expectedIds ?? [])];
    for (const personId of named) assert(state.people.has(personId), 'nobody whom an activity names is gone');
  }
}

/** Of who is erased nothing is left but an id and a category; nothing names them but their visits. */
function checkErased(state: State): void {
  for (const personId of state.receipts.keys()) {
    const { categoryId: _, ...person } = state.people.get(personId)!;
    assert.deepEqual(person, { personId, name: '', left: true, erased: true });
  }
  for (const { posts, expectedIds } of state.activities.values()) {
    const named = [...posts.flatMap(({ leaderId }) => leaderId ?? []), ...(expectedIds ?? [])];
    assert(!named.some((personId) => state.receipts.has(personId)), 'no activity names who is erased');
  }
  for (const visit of state.visits.values()) {
    if (!state.receipts.has(visit.personId)) continue;
    assert.deepEqual(
      [visit.reason, visit.voidReason ?? ''],
      [undefined, ''],
      'nothing is written about them',
    );
  }
  const erased = [...state.people.values()].filter((person) => person.erased);
  assert.equal(erased.length, state.receipts.size, 'every erasure has its receipt');
}

/**
 * A visit stays as it was, but for being undone once, for times that the clock or retention changed, and for what was
 * written about who is erased; it goes only when its sample activity goes.
 */
function checkNothingForgotten(before: State, after: State, event: Event): void {
  for (const [visitId, visit] of before.visits) {
    const now = after.visits.get(visitId);
    if (!now) {
      assert.equal(event.type, 'sample-removed');
      assert(before.activities.get(visit.activityId)?.sample);
      continue;
    }
    if (event.type === 'clock-corrected') checkMoved(visit, now, event.data.doubles ?? []);
    else if (event.type === 'times-dropped') checkDropped(visit, now, event.data.before);
    else if (CHANGES_VISITS.has(event.type)) checkChanged(visit, now);
    else assert.deepEqual(now, { ...silenced(event, visit), ...ended(event, visit) });
  }
  const arrived =
    event.type === 'visit-signed-in' ? 1 : event.type === 'roll-called' ? event.data.people.length : 0;
  if (event.type !== 'sample-removed') assert.equal(after.visits.size, before.visits.size + arrived);
}

/** A corrected clock moves times, and of people who came twice by it the later visit ends; nothing else changes. */
function checkMoved(visit: Visit, now: Visit, doubles: string[]): void {
  const {
    signedInAt,
    undoneAt,
    undoneSeq,
    enteredAt,
    signOut,
    takingPlace: _,
    timeCorrected: __,
    doubled,
    ...rest
  } = now;
  assert.deepEqual({ ...visit, ...rest }, visit, 'who, what and why stay');
  const [ends, endsBefore] = [endsOf(signOut), endsOf(visit.signOut)];
  assert.equal(ends.length, endsBefore.length);
  for (const [index, { replaced: _end, ...end }] of ends.entries()) {
    const { replaced: _before, ...endBefore } = endsBefore[index]!;
    assert.deepEqual({ ...end, at: endBefore.at }, endBefore);
    if (end.how !== 'measured') assert.equal(end.at, endBefore.at, 'only what the clock measured is moved');
  }
  const isDouble = doubles.includes(visit.visitId);
  if (isDouble)
    assert.deepEqual([visit.undoneAt, undoneAt, doubled], [undefined, enteredAt ?? signedInAt, true]);
  else assert.deepEqual([undoneSeq, doubled], [visit.undoneSeq, visit.doubled]);
  if (visit.timeDropped && !isDouble) assert.deepEqual(now, visit, 'a date is nothing to correct');
  const typed = visit.enteredAt !== undefined && visit.enteredAt !== visit.signedInAt;
  if (typed) assert.equal(signedInAt, visit.signedInAt, 'what staff entered was never the clock’s');
}

/** Of visits before the day only dates are left, and nothing written; the others stay as they were. */
function checkDropped(visit: Visit, now: Visit, before: string): void {
  if (visit.timeDropped || localDateOf(visit.signedInAt) >= before) {
    if (!visit.timeDropped) assert.deepEqual(now, visit);
    return;
  }
  const { signedInAt, enteredAt, undoneAt, reason, voidReason = '', signOut, evidence, timeDropped } = now;
  if (visit.signOut) {
    const minutes = Math.max(
      0,
      Math.floor((Date.parse(visit.signOut.at) - Date.parse(visit.signedInAt)) / 60_000),
    );
    assert.deepEqual([signOut?.minutes, signOut?.reason], [minutes, undefined], 'the hours stay');
  }
  assert.equal(evidence, undefined);
  for (const time of [signedInAt, enteredAt, undoneAt, signOut?.at])
    assert.match(time ?? signedInAt, /T00:00:00\.000/);
  assert.equal(localDateOf(signedInAt), localDateOf(visit.signedInAt));
  assert.deepEqual([reason, voidReason, timeDropped], [undefined, '', true]);
}

/** The visit without its reasons where the event erases its person. */
function silenced(event: Event, visit: Visit): Visit {
  if (event.type !== 'people-erased' || !event.data.personIds.includes(visit.personId)) return visit;
  const { reason: _, postReason: _post, evidence: _evidence, signOut, ...silent } = visit;
  if (signOut) {
    const ended = mapEnds(signOut, ({ reason: _why, ...end }) => end);
    return { ...silent, signOut: ended, ...(visit.voidReason !== undefined && { voidReason: '' }) };
  }
  return { ...silent, ...(visit.voidReason !== undefined && { voidReason: '' }) };
}

/** What the event does to that visit. */
function ended(event: Event, visit: Visit): Partial<Record<keyof Visit, unknown>> {
  const { visitId, timeDropped } = visit;
  const undone = { undoneAt: timeDropped ? midnightOf(event.at) : event.at, undoneSeq: event.seq };
  switch (event.type) {
    case 'visit-undone':
      return event.data.visitId === visitId ? undone : {};
    case 'visits-undone':
      return event.data.visitIds.includes(visitId) ? undone : {};
    case 'visit-voided':
      return event.data.visitId === visitId ? { ...undone, voidReason: event.data.reason } : {};
    case 'visit-signed-in': {
      const one = event.data.left?.find((ending) => ending.visitId === visitId);
      return one ? { signOut: { at: event.at, seq: event.seq, how: 'measured' } } : {};
    }
    case 'visits-signed-out': {
      const { how, reason, by, visits } = event.data;
      const one = visits.find((ending) => ending.visitId === visitId);
      const why = reason !== undefined && { reason };
      const replaced = how === 'corrected' && visit.signOut && { replaced: visit.signOut };
      const end = { at: one?.at ?? event.at, seq: event.seq, how, ...why, ...(by && { by }), ...replaced };
      return one ? { signOut: end } : {};
    }
    default:
      return {};
  }
}

/** What changes visits in its own way. */
const CHANGES_VISITS = new Set<Event['type']>([
  'sign-outs-undone',
  'sign-outs-accepted',
  'post-changed',
  'stay-announced',
  'guest-matched',
  'guest-unmatched',
  'evidence-added',
]);

/** Who, when and where from stay, whatever is changed about a visit. */
function checkChanged(visit: Visit, now: Visit): void {
  for (const field of ['visitId', 'seq', 'activityId', 'takingPlace', 'signedInAt', 'undoneAt'] as const) {
    assert.equal(now[field], visit[field]);
  }
}

/** A start from the journal and a start from a snapshot both give the state that was. */
function checkRebuilds({ state, events }: World): void {
  assert.deepEqual(events.reduce(evolve, emptyState()), state, 'the journal replays to the same state');
  const restored = emptyState();
  for (const record of snapshotRecords(state)) {
    restoreRecord(restored, JSON.parse(JSON.stringify(record)) as SnapshotRecord);
  }
  restored.lastSeq = state.lastSeq;
  assert.deepEqual(restored, state, 'a snapshot restores the same state');
}

/** Over the limit is marked, and the undo takes back the sign-in and nothing else. */
function checkSignIn(before: State, after: State, event: Event, asking: Asking): void {
  const visit = after.visits.get(event.id)!;
  assert(!before.people.get(visit.personId)?.left, 'who has left signs in nowhere');
  const activity = after.activities.get(visit.activityId)!;
  const post = activity.posts.find(({ postId }) => postId === visit.postId);
  const onPost = [...before.visits.values()].filter(
    (other) =>
      other.activityId === visit.activityId &&
      other.takingPlace === visit.takingPlace &&
      other.postId === visit.postId &&
      !other.undoneAt &&
      !other.signOut,
  );
  const isOver = onPost.length >= (post?.limit ?? Infinity);
  const isCrowded = countsAt(before, activity, asking.at).inside >= (activity.capacity ?? Infinity);
  assert.equal(visit.overLimit ?? false, isOver || isCrowded);
  const isHeldBack = post?.hard && post.leaderId !== visit.personId;
  if (asking.role === 'screen')
    assert(!isCrowded && !(isOver && isHeldBack), 'a hard limit holds at the gate');

  const counts = countsAt(before, activity, asking.at);
  assert.equal(countsAt(after, activity, asking.at).inside, counts.inside + 1);
  const kept = structuredClone(after);
  const branch = copyState(after);
  const undo = decide(
    branch,
    GATE,
    { type: 'undo-sign-in', visitId: visit.visitId },
    { ...asking, role: 'screen', gesture: { id: 'the undo', fingerprint: 'first' } },
  );
  assert(undo.event, 'an undo is something that happened');
  const seq = branch.lastSeq + 1;
  evolve(branch, { ...undo.event, seq, id: eventId(GATE, seq), at: asking.at });
  assert.deepEqual(countsAt(branch, activity, asking.at), counts, 'an undo restores the counts');
  assert.deepEqual(after, kept, 'a copy goes its own way');
}

/** Who is entered is on the roster, came before now, and is marked as entered. */
function checkEntry(before: State, after: State, event: Event, asking: Asking): void {
  const { personId, signedInAt, enteredAt } = after.visits.get(event.id)!;
  assert(!before.people.get(personId)?.left, 'who has left signs in nowhere');
  assert(Date.parse(signedInAt) <= Date.parse(asking.at), 'nobody has come before they came');
  assert.equal(enteredAt, asking.at);
}

/** The records are shared between copies of the state, so folding must never write into one. */
function deepFreeze<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(deepFreeze);
  }
  return value;
}

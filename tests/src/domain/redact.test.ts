import assert from 'node:assert/strict';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Command } from '../../../src/domain/command.ts';
import { decide } from '../../../src/domain/decide.ts';
import { eventId, type Event } from '../../../src/domain/event.ts';
import { evolve } from '../../../src/domain/evolve.ts';
import { redactEvent, redactRecord } from '../../../src/domain/redact.ts';
import { Refusal } from '../../../src/domain/refusal.ts';
import { restoreRecord, snapshotRecords, type SnapshotRecord } from '../../../src/domain/snapshot.ts';
import { emptyState, type State } from '../../../src/domain/state.ts';
import { isoFromEpoch } from '../../../src/domain/time.ts';
import { Day, GATE } from './day.ts';
import { LONG, RUNS } from './runs.ts';
import { clockMove, commandOf, days, rosterDays, upkeepDays, type Step } from './steps.ts';

/** A day as its files hold it: the journal, and the snapshot that stood after each event. */
interface Kept {
  state: State;
  events: Event[];
  snapshots: SnapshotRecord[][];
}

const anyDays = fc.oneof(days, upkeepDays, rosterDays);

test('what is written again folds to the same state, from the journal and from every snapshot', LONG, () => {
  fc.assert(
    fc.property(anyDays, fc.nat(), (steps, cut) => {
      const { state, events, snapshots } = live(steps, (command) => command);
      const redacted = events.map((event) => overDisk(redactEvent(event, state)));
      assert.deepEqual(redacted.reduce(evolve, emptyState()), state);
      if (events.length === 0) return;
      const at = cut % events.length;
      const records = snapshots[at]!.flatMap((record) => redactRecord(record, state) ?? []);
      const restored = emptyState();
      for (const record of overDisk(records)) restoreRecord(restored, record);
      restored.lastSeq = at + 1;
      assert.deepEqual(redacted.slice(at + 1).reduce(evolve, restored), state);
    }),
    RUNS,
  );
});

test('of who is erased no word is left in any file, and of dropped times only the dates', LONG, () => {
  fc.assert(
    fc.property(anyDays, (steps) => {
      const { state, events, snapshots } = live(steps, withUniqueWords);
      const files = JSON.stringify([
        events.map((event) => redactEvent(event, state)),
        snapshots.map((records) => records.map((record) => redactRecord(record, state))),
      ]);
      for (const word of wordsAboutErased(events, state)) {
        assert(!files.includes(word), `${word} is still there`);
      }
      for (const event of events) {
        if (state.gestures.has(event.gesture!.id)) continue;
        assert(!files.includes(event.gesture!.id), 'a forgotten gesture is in no file');
        const times = JSON.stringify(redactEvent(event, state)).match(/T\d\d:\d\d:\d\d\.\d+/g);
        assert(
          times!.every((time) => time === 'T00:00:00.000'),
          `only dates are left: ${times!.join()}`,
        );
      }
    }),
    RUNS,
  );
});

test('number, id and type of an event stay, and what is newer than the state stays as it is', () => {
  const day = new Day();
  const personId = day.addPerson('Anna Unique', { staffNo: '4711' });
  day.ask({ type: 'erase-people', personIds: [personId] });
  const [saved, erased] = day.events;
  expect(redactEvent(saved!, day.state)).toEqual({
    ...saved,
    data: { people: [{ personId, name: '', left: true, erased: true }] },
    gesture: { ...saved!.gesture, fingerprint: '' },
  });
  expect(redactEvent(erased!, day.state)).toEqual(erased);
  const newer = { ...saved!, seq: 3 };
  expect(redactEvent(newer, day.state)).toBe(newer);
});

test('of a visit whose time is dropped the journal keeps the day, by the right clock', () => {
  const day = new Day();
  const { activityId } = day.addActivity();
  const before = day.signIn(activityId, day.addPerson('Anna'), 'welding');
  const jumpId = day.jump(24 * 3_600_000);
  const after = day.signIn(activityId, day.addPerson('Ben'), 'truss');
  day.ask({ type: 'undo-sign-in', visitId: after }, { role: 'admin' });
  day.ask({ type: 'correct-clock', jumpId, right: 'before' });
  day.wait(24 * 3_600);
  day.ask({ type: 'drop-times', before: '2026-11-23' });
  const redacted = day.events.map((event) => redactEvent(event, day.state));
  const midnight = '2026-11-22T00:00:00.000+08:00';
  const timesOf = (type: string) => redacted.filter((event) => event.type === type).map(({ at }) => at);
  expect(timesOf('visit-signed-in')).toEqual([midnight, midnight]);
  expect(timesOf('visit-undone')).toEqual([midnight]);
  expect(day.state.visits.get(before)).toMatchObject({ takingPlace: '2026-11-22', timeDropped: true });
  expect(day.state.visits.get(after)).toMatchObject({ takingPlace: '2026-11-22', timeCorrected: true });
  expect(redacted.reduce(evolve, emptyState())).toEqual(day.state);
});

/** Lives through the steps as the ledger would. */
function live(steps: Step[], worded: (command: Command, number: number) => Command): Kept {
  const kept: Kept = { state: emptyState(), events: [], snapshots: [] };
  let epoch = Date.parse('2026-11-22T23:50:00.000+08:00');
  for (const [number, step] of steps.entries()) {
    epoch += step.kind === 'wait' ? step.seconds * 1000 : 1000;
    const at = isoFromEpoch(epoch + kept.state.clockShiftMs, '+08:00');
    const command = commandOf(step, kept.state, at);
    if (command) take(kept, worded(command, number), at, step, `gesture-${number}.`);
    epoch += clockMove(step);
  }
  return kept;
}

function take({ state, events, snapshots }: Kept, command: Command, at: string, { role }: Step, id: string) {
  try {
    // The sample is no caller's input; of all else the fingerprint is as good as the words.
    const input = command.type === 'add-sample' ? {} : command;
    const gesture = { id, fingerprint: `made from ${JSON.stringify(input)}` };
    const { event } = decide(state, GATE, command, { at, role, gesture });
    if (!event) return;
    const seq = state.lastSeq + 1;
    const stored = overDisk({ ...event, seq, id: eventId(GATE, seq), at }) as Event;
    evolve(state, stored);
    events.push(stored);
    snapshots.push(overDisk([...snapshotRecords(state)]));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
  }
}

/** The command with words that stand nowhere else; few enough that an import also meets who is in the file already. */
function withUniqueWords(command: Command, number: number): Command {
  if (command.type === 'import-people') {
    return {
      ...command,
      people: command.people.map((draft) => ({ ...draft, ...unique(draft, number % 4) })),
    };
  }
  if (command.type === 'save-person') {
    return { ...command, person: { ...command.person, ...unique(command.person, number % 4) } };
  }
  if (command.type === 'sign-in-guest') {
    return { ...command, guest: { name: `Gina <n${number}>`, organisation: `Lifts <o${number}>` } };
  }
  return 'reason' in command ? { ...command, reason: `${command.reason} <r${number}>` } : command;
}

function unique({ name, staffNo, team }: { name: string; staffNo?: string; team?: string }, number: number) {
  return {
    name: `${name} <n${number}>`,
    // Some keep their number, so that imports find people again and rename them.
    ...(staffNo !== undefined && staffNo !== '1042' && { staffNo: `<s${number}>` }),
    ...(team !== undefined && { team: `${team} <t${number}>` }),
  };
}

/** Every name, number, team and reason that the events say of people who are erased and of nobody else. */
function wordsAboutErased(events: Event[], state: State): Set<string> {
  const said = { erased: new Set<string>(), others: new Set<string>() };
  const whoIs = new Map<string, string>();
  const say = (personId: string | undefined, words: (string | undefined)[]) => {
    const about = said[state.receipts.has(personId ?? '') ? 'erased' : 'others'];
    for (const word of words) if (word) about.add(word);
  };
  const lastErasure = events.findLastIndex(({ type }) => type === 'people-erased');
  for (const [index, { type, id, data, gesture }] of events.entries()) {
    // Somebody may write it again: an import with a row that it skips.
    if (index > lastErasure && gesture) said.others.add(gesture.fingerprint);
    if (type === 'people-saved' || type === 'sample-added') {
      for (const { personId, name, staffNo, team } of data.people) say(personId, [name, staffNo, team]);
    } else if (type === 'visit-signed-in') {
      whoIs.set(id, data.personId);
      const who = state.visits.get(id)?.personId ?? data.personId;
      say(who, [data.reason, data.guest?.name, data.guest?.organisation]);
    } else if (type === 'roll-called') {
      data.people.forEach(({ personId }, index) => whoIs.set(`${id}-${index + 1}`, personId));
    } else if (type === 'post-changed') {
      say(whoIs.get(data.visitId), [data.reason]);
    } else if (type === 'visits-signed-out') {
      say(whoIs.get(data.visits[0]!.visitId), [data.reason]);
    } else if (type === 'leave-noted') {
      say(data.personId, [data.reason]);
    } else if (type === 'visit-voided') {
      say(whoIs.get(data.visitId), [data.reason]);
    }
  }
  const others = [...said.others].join('\n');
  return new Set([...said.erased].filter((word) => !others.includes(word)));
}

function overDisk<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value)) as Value;
}

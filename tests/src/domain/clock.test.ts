import assert from 'node:assert/strict';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { clockInDoubt } from '../../../src/domain/correct-clock.ts';
import { isoFromEpoch, localDateOf } from '../../../src/domain/time.ts';
import { Day } from './day.ts';
import { LONG, RUNS } from './runs.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** A day with an evening that has no limits, and somebody new for every sign-in. */
class Evening extends Day {
  readonly activityId = this.addActivity().activityId;

  arrive(): string {
    return this.signIn(this.activityId, this.addPerson('Anna'));
  }

  correct(jumpId: string, right: 'before' | 'after') {
    return this.ask({ type: 'correct-clock', jumpId, right }, { role: 'admin' }).answer;
  }

  /** "18:03" of the sign-in, and whether it is marked as corrected. */
  came(visitId: string): [string, boolean] {
    const { signedInAt, timeCorrected = false } = this.state.visits.get(visitId)!;
    return [signedInAt.slice(11, 16), timeCorrected];
  }
}

test('where the clock was right before, what came after moves back, and so does what is still to come', () => {
  const day = new Evening();
  const early = day.arrive();
  const jumpId = day.jump(HOUR);
  expect(clockInDoubt(day.state)).toBe(true);
  const late = day.arrive();
  expect(day.came(late)).toEqual(['19:00', false]);
  expect(day.correct(jumpId, 'before')).toEqual({ jumpId, visits: 1, doubles: 0 });
  expect(day.came(early)).toEqual(['18:00', false]);
  expect(day.came(late)).toEqual(['18:00', true]);
  expect(day.came(day.arrive())).toEqual(['18:00', false]);
  expect([clockInDoubt(day.state), day.state.clockShiftMs]).toEqual([false, -HOUR]);
});

test('where it was right after, what this process wrote before moves', () => {
  const day = new Evening();
  const earlier = day.arrive();
  day.restart();
  const early = day.arrive();
  const jumpId = day.jump(HOUR);
  const late = day.arrive();
  day.correct(jumpId, 'after');
  // Of what an earlier process wrote nobody knows by which setting.
  expect(day.came(earlier)).toEqual(['18:00', false]);
  expect(day.came(early)).toEqual(['19:00', true]);
  expect(day.came(late)).toEqual(['19:00', false]);
  expect(day.state.clockShiftMs).toBe(0);
  expect(day.state.clockJumps.get(jumpId)).toMatchObject({ settled: 'after', settledAt: day.at });
});

test('a system clock that is set right again needs no answer, to the minute', () => {
  for (const [back, settled] of [
    [-HOUR, 'undone'],
    [-HOUR - MINUTE, 'undone'],
    [-HOUR - MINUTE - 1, undefined],
    [-HOUR + MINUTE + 1, undefined],
    [HOUR, undefined],
  ] as const) {
    const day = new Evening();
    day.correct(day.jump(HOUR), 'before');
    expect(day.state.clockShiftMs).toBe(-HOUR);
    const jump = day.state.clockJumps.get(day.jump(back))!;
    expect([jump.settled, day.state.clockShiftMs]).toEqual([settled, 0]);
  }
});

test('a clock that jumped there and back is settled by one answer', () => {
  for (const answerThe of ['first', 'second'] as const) {
    const day = new Evening();
    const there = day.jump(HOUR);
    const wrong = day.arrive();
    const back = day.jump(-HOUR);
    const right = day.arrive();
    if (answerThe === 'first') day.correct(there, 'before');
    else day.correct(back, 'after');
    expect([day.came(wrong), day.came(right)]).toEqual([
      ['18:00', true],
      ['18:00', false],
    ]);
    expect([clockInDoubt(day.state), day.state.clockShiftMs]).toEqual([false, 0]);
  }
});

test('a jump is settled once, and only one that there is', () => {
  const day = new Evening();
  const jumpId = day.jump(HOUR);
  day.correct(jumpId, 'before');
  const correct = { type: 'correct-clock', jumpId, right: 'after' } as const;
  expect(day.refusal(correct)).toEqual({ code: 'jump-settled' });
  expect(day.refusal({ ...correct, jumpId: 'gate-99' })).toEqual({ code: 'jump-unknown' });
});

test('after a start at which the clock stood before the last event nothing moves; it is only acknowledged', () => {
  const day = new Evening();
  const early = day.arrive();
  const unknown = { byMs: null, before: day.at, after: day.at, sinceSeq: 4 };
  const { jumpId } = day.ask<{ jumpId: string }>({ type: 'note-clock-jump', ...unknown }).answer;
  const late = day.arrive();
  expect(clockInDoubt(day.state)).toBe(true);
  expect(day.refusal({ type: 'correct-clock', jumpId, right: 'before' })).toEqual({
    code: 'jump-size-unknown',
  });
  expect(day.correct(jumpId, 'after')).toEqual({ jumpId, visits: 0, doubles: 0 });
  expect([day.came(early)[1], day.came(late)[1], clockInDoubt(day.state)]).toEqual([false, false, false]);
});

test('what staff typed stays, when they did is corrected; without a typed time both are', () => {
  const day = new Evening();
  const jumpId = day.jump(HOUR);
  const [typed, now] = ['2026-11-22T18:30:00.000+08:00', undefined].map((signedInAt) => {
    const personId = day.addPerson('Ben');
    const entry = {
      activityId: day.activityId,
      personId,
      reason: 'no card',
      ...(signedInAt && { signedInAt }),
    };
    return day.ask<{ visitId: string }>({ type: 'add-visit', ...entry }, { role: 'admin' }).answer.visitId;
  });
  day.correct(jumpId, 'before');
  const timesOf = (visitId: string) => {
    const { signedInAt, enteredAt } = day.state.visits.get(visitId)!;
    return [signedInAt, enteredAt].map((time) => time?.slice(11, 16));
  };
  expect([timesOf(typed!), timesOf(now!)]).toEqual([
    ['18:30', '18:00'],
    ['18:00', '18:00'],
  ]);
});

test('an undo before the jump keeps its time, one after it moves', () => {
  const day = new Evening();
  const [first, second] = [day.arrive(), day.arrive()];
  day.ask({ type: 'undo-sign-in', visitId: first });
  const jumpId = day.jump(HOUR);
  day.ask({ type: 'undo-sign-in', visitId: second }, { role: 'admin' });
  day.correct(jumpId, 'before');
  const undone = [first, second].map((visitId) => day.state.visits.get(visitId)!);
  expect(undone.map(({ undoneAt, timeCorrected }) => [undoneAt?.slice(11, 16), timeCorrected])).toEqual([
    ['18:00', undefined],
    ['18:00', true],
  ]);
});

test('who came twice by the right clock came once: the later sign-in ends, marked', () => {
  const day = new Evening();
  const personId = day.addPerson('Anna');
  const first = day.signIn(day.activityId, personId);
  const jumpId = day.jump(24 * HOUR);
  const second = day.signIn(day.activityId, personId);
  expect(day.correct(jumpId, 'before')).toEqual({ jumpId, visits: 1, doubles: 1 });
  const { signedInAt, ...visit } = day.state.visits.get(second)!;
  expect(visit).toMatchObject({ takingPlace: '2026-11-22', doubled: true, undoneAt: signedInAt });
  expect([...day.state.openVisits.values()].flatMap((open) => [...open.values()])).toEqual([first]);
});

test('an evening that begins before midnight keeps its visits when their time moves over it', () => {
  const day = new Day();
  const schedule = { kind: 'daily', start: '17:00', end: '06:00' } as const;
  const { activityId } = day.addActivity({ schedule });
  const visitId = day.signIn(activityId, day.addPerson('Anna'));
  const jumpId = day.jump(7 * HOUR);
  day.ask({ type: 'correct-clock', jumpId, right: 'after' });
  const visit = day.state.visits.get(visitId)!;
  expect([localDateOf(visit.signedInAt), visit.takingPlace]).toEqual(['2026-11-23', '2026-11-22']);
});

/** An evening of which the true time is known, however far the system's clock is off. */
class KnownEvening extends Evening {
  readonly truths = new Map<string, { came: string; undone?: string }>();
  readonly #offs = new Map<string, { before: number; after: number }>();
  #off: number;
  everRight: boolean;

  constructor(offBy: number) {
    super();
    this.#off = offBy;
    this.everRight = offBy === 0;
  }

  trueTime(): string {
    return isoFromEpoch(Date.parse(this.at) - this.state.clockShiftMs - this.#off, '+08:00');
  }

  override arrive(): string {
    const visitId = super.arrive();
    this.truths.set(visitId, { came: this.trueTime() });
    return visitId;
  }

  undoLast(): void {
    const [visitId, truth] = [...this.truths].findLast(([, { undone }]) => !undone) ?? [];
    if (!visitId || !truth) return;
    this.ask({ type: 'undo-sign-in', visitId }, { role: 'admin' });
    truth.undone = this.trueTime();
  }

  setOff(offBy: number): void {
    if (offBy === this.#off) return;
    this.#offs.set(this.jump(offBy - this.#off), { before: this.#off, after: offBy });
    this.#off = offBy;
    this.everRight ||= offBy === 0;
  }

  /** Answers one of the jumps that have a side at which the kiosk's time is the true one. */
  answer(which: number): boolean {
    const open: [string, 'before' | 'after'][] = [];
    for (const { jumpId, settled, movedBeforeMs, movedAfterMs } of this.state.clockJumps.values()) {
      const { before, after } = this.#offs.get(jumpId)!;
      if (settled) continue;
      if (before + movedBeforeMs === 0) open.push([jumpId, 'before']);
      else if (after + movedAfterMs === 0) open.push([jumpId, 'after']);
    }
    const chosen = open[which % (open.length || 1)];
    if (chosen) this.correct(...chosen);
    return chosen !== undefined;
  }

  answerAnyhow(which: number, right: 'before' | 'after'): boolean {
    const open = [...this.state.clockJumps.values()].filter(({ settled }) => !settled);
    const chosen = open[which % (open.length || 1)];
    if (chosen) this.correct(chosen.jumpId, right);
    return chosen !== undefined;
  }
}

const offBy = fc.constantFrom(0, 0, HOUR, -HOUR, 25 * HOUR, 3 * MINUTE);
const steps = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: fc.constant('arrive' as const) },
    { weight: 1, arbitrary: fc.constant('undo' as const) },
    { weight: 2, arbitrary: fc.record({ offBy }) },
    {
      weight: 2,
      arbitrary: fc.record({ answer: fc.nat({ max: 5 }), right: fc.constantFrom('before', 'after') }),
    },
  ),
  { maxLength: 25, size: 'max' },
);

/** Lives through the steps; jumps are answered with the truth, or with whatever the step says. */
function live(
  atFirst: number,
  taken: typeof steps extends fc.Arbitrary<infer S> ? S : never,
  truly: boolean,
) {
  const day = new KnownEvening(atFirst);
  for (const step of taken) {
    day.wait(70);
    if (step === 'arrive') day.arrive();
    else if (step === 'undo') day.undoLast();
    else if ('offBy' in step) day.setOff(step.offBy);
    else if (truly) day.answer(step.answer);
    else day.answerAnyhow(step.answer, step.right);
  }
  while (truly ? day.answer(0) : day.answerAnyhow(0, 'before'));
  return day;
}

test(
  'device clock wrong: with true answers, in any order and at any time, every time becomes the true one',
  LONG,
  () => {
    fc.assert(
      fc.property(offBy, steps, (atFirst, taken) => {
        const day = live(atFirst, taken, true);
        // Where the clock never was right there is nothing to go by.
        if (!day.everRight) return;
        assert(!clockInDoubt(day.state), 'what can be told is settled');
        assert.equal(day.at, day.trueTime());
        for (const [visitId, { came, undone }] of day.truths) {
          const { signedInAt, undoneAt, takingPlace } = day.state.visits.get(visitId)!;
          assert.deepEqual([signedInAt, undoneAt, takingPlace], [came, undone, localDateOf(came)]);
        }
      }),
      RUNS,
    );
  },
);

test(
  'whatever is answered, in any order, the time between any two sign-ins becomes the true one',
  LONG,
  () => {
    fc.assert(
      fc.property(offBy, steps, (atFirst, taken) => {
        const day = live(atFirst, taken, false);
        const off = Date.parse(day.at) - Date.parse(day.trueTime());
        for (const [visitId, { came }] of day.truths) {
          const { signedInAt } = day.state.visits.get(visitId)!;
          assert.equal(Date.parse(signedInAt) - Date.parse(came), off);
        }
      }),
      RUNS,
    );
  },
);

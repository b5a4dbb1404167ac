import { describe, expect, test } from 'vitest';
import { badgeOf, personOfBadge } from '../../../src/domain/badge.ts';
import { minutesOf } from '../../../src/domain/hours.ts';
import { leavesAt } from '../../../src/domain/counts.ts';
import { Day } from './day.ts';

const STAFF = { role: 'editor' } as const;

describe('guests', () => {
  function withGuest(draft = {}) {
    const day = new Day();
    const { activityId } = day.addActivity(draft);
    const signIn = {
      type: 'sign-in-guest' as const,
      activityId,
      guest: { name: 'Anna', organisation: 'Youth' },
    };
    return { day, activityId, signIn };
  }

  test('a guest has a visit and is on no roster', () => {
    const { day, signIn } = withGuest();
    const { personId, visitId } = day.ask<{ personId: string; visitId: string }>(signIn).answer;
    expect(day.state.people.get(personId)).toMatchObject({
      name: 'Anna',
      organisation: 'Youth',
      guest: true,
      left: true,
    });
    expect(day.state.visits.get(visitId)).toMatchObject({ personId });
    // A guest is asked for by nobody's card: only another guest of that name can come.
    expect(day.refusal({ type: 'sign-in', activityId: signIn.activityId, personId })?.code).toBe(
      'person-unknown',
    );
  });

  test('two guests with one name are two people', () => {
    const { day, signIn } = withGuest();
    const { personId, visitId } = day.ask<{ personId: string; visitId: string }>(signIn).answer;
    const another = { ...signIn, another: true as const };
    expect(day.ask<{ personId: string }>(another).answer.personId).not.toBe(personId);
    expect(day.refusal(signIn)).toMatchObject({ code: 'already-signed-in', visitId });
  });

  test('a guest who comes again is asked, by name and by what both say of their organisation', () => {
    const { day, activityId, signIn } = withGuest();
    const { visitId } = day.ask<{ visitId: string }>(signIn).answer;
    const refusal = (guest: { name: string; organisation?: string }) =>
      day.refusal({ type: 'sign-in-guest', activityId, guest });
    expect(refusal({ name: 'Anna' })).toMatchObject({ code: 'already-signed-in', visitId });
    expect(refusal({ name: 'Anna', organisation: 'Lift Works' })).toBeUndefined();
    expect(refusal({ name: 'Peter', organisation: 'Youth' })).toBeUndefined();
    // Who has signed out comes a second time.
    day.ask({ type: 'sign-out', visitId });
    expect(refusal(signIn.guest)).toBeUndefined();
  });

  test('no guests where the activity takes none, before it opens, or beyond its capacity', () => {
    const closed = withGuest({ noGuests: true });
    expect(closed.day.refusal(closed.signIn)?.code).toBe('no-guests');
    expect(closed.day.refusal(closed.signIn, STAFF)).toBeUndefined();
    const schedule = {
      kind: 'once' as const,
      startsAt: '2026-11-23T18:00:00.000+08:00',
      endsAt: '2026-11-23T20:00:00.000+08:00',
      opensMinutesBefore: 0,
    };
    const early = withGuest({ schedule });
    expect(early.day.refusal(early.signIn)?.code).toBe('not-open');
    const full = withGuest({ capacity: 1 });
    full.day.ask({ ...full.signIn, guest: { name: 'Peter' } });
    expect(full.day.refusal(full.signIn)?.code).toBe('activity-full');
  });

  test('a guest who turns out to be on the roster gives them the visits and the hours', () => {
    const { day, signIn } = withGuest();
    const { personId: guestId, visitId } = day.ask<{ personId: string; visitId: string }>(signIn).answer;
    day.wait(600);
    day.ask({ type: 'sign-out', visitId });
    const personId = day.addPerson('Anna Smith');
    const match = { type: 'match-guest' as const, guestId, personId };
    expect(day.ask<{ visits: number }>(match, STAFF).answer.visits).toBe(1);
    const visit = day.state.visits.get(visitId)!;
    expect([visit.personId, visit.guestId, minutesOf(visit)]).toEqual([personId, guestId, 10]);
    expect(day.refusal({ ...match, guestId: personId }, STAFF)?.code).toBe('guest-unknown');
  });

  test('a wrong match is taken back: the visits, with their hours, are those of the guest again', () => {
    const { day, signIn } = withGuest();
    const { personId: guestId, visitId } = day.ask<{ personId: string; visitId: string }>(signIn).answer;
    day.wait(600);
    day.ask({ type: 'sign-out', visitId });
    const before = structuredClone(day.state.visits.get(visitId));
    const [wrong, right] = [day.addPerson('Anna Smith'), day.addPerson('Anna Jones')];
    day.ask({ type: 'match-guest', guestId, personId: wrong }, STAFF);
    expect(day.refusal({ type: 'match-guest', guestId, personId: right }, STAFF)?.code).toBe('guest-unknown');
    const unmatch = { type: 'unmatch-guest' as const, guestId };
    expect(day.ask(unmatch, STAFF).answer).toEqual({ personId: guestId, visits: 1 });
    expect(day.state.visits.get(visitId)).toEqual(before);
    expect(day.state.people.get(guestId)).toMatchObject({ name: 'Anna', organisation: 'Youth', guest: true });
    expect(day.refusal(unmatch, STAFF)?.code).toBe('guest-not-matched');
    day.ask({ type: 'match-guest', guestId, personId: right }, STAFF);
    expect(day.state.visits.get(visitId)?.personId).toBe(right);
  });

  test('of a guest who is erased with the person they were, nothing is left to take back', () => {
    const { day, signIn } = withGuest();
    const { personId: guestId } = day.ask<{ personId: string }>(signIn).answer;
    const personId = day.addPerson('Anna Smith');
    day.ask({ type: 'match-guest', guestId, personId }, STAFF);
    day.ask({ type: 'erase-people', personIds: [personId] }, STAFF);
    expect(day.refusal({ type: 'unmatch-guest', guestId }, STAFF)?.code).toBe('guest-not-matched');
    expect(day.state.people.get(guestId)?.name).toBe('');
  });

  test('a guest is not matched to somebody who is signed in as well', () => {
    const { day, activityId, signIn } = withGuest();
    const { personId: guestId } = day.ask<{ personId: string }>(signIn).answer;
    const personId = day.addPerson('Anna Smith');
    const visitId = day.signIn(activityId, personId);
    expect(day.refusal({ type: 'match-guest', guestId, personId }, STAFF)).toMatchObject({
      code: 'already-signed-in',
      visitId,
    });
  });

  test('a guest is not matched to somebody who was there at the same time, though one of them has left', () => {
    const { day, activityId, signIn } = withGuest();
    const { personId: guestId, visitId } = day.ask<{ personId: string; visitId: string }>(signIn).answer;
    const personId = day.addPerson('Anna Smith');
    day.wait(600);
    const own = day.signIn(activityId, personId);
    day.wait(1200);
    day.ask({ type: 'sign-out', visitId: own });
    const match = { type: 'match-guest' as const, guestId, personId };
    expect(day.refusal(match, STAFF)).toMatchObject({
      code: 'visits-overlap',
      visitId: own,
      signedInAt: '2026-11-22T18:10:00.000+08:00',
      endedAt: '2026-11-22T18:30:00.000+08:00',
    });
    day.ask({ type: 'sign-out', visitId });
    expect(day.refusal(match, STAFF)?.code).toBe('visits-overlap');
    day.ask({ type: 'void-visit', visitId: own, reason: 'was the guest' }, STAFF);
    expect(day.refusal(match, STAFF)).toBeUndefined();
  });

  test('who is there by the visit of a guest is not there a second time by an undone sign-out', () => {
    const { day, activityId, signIn } = withGuest();
    const { personId: guestId, visitId } = day.ask<{ personId: string; visitId: string }>(signIn).answer;
    const personId = day.addPerson('Anna Smith');
    // By a clock that was an hour ahead at the guest's arrival, nothing overlaps.
    day.jump(-3_600_000);
    const own = day.signIn(activityId, personId);
    day.wait(600);
    day.ask({ type: 'sign-out', visitId: own });
    day.ask({ type: 'match-guest', guestId, personId }, STAFF);
    const undo = { type: 'undo-sign-outs' as const, visitIds: [own] };
    expect(day.refusal(undo, STAFF)).toMatchObject({ code: 'visits-overlap', visitId, endedAt: null });
    expect([...day.state.openVisits.values()].flatMap((there) => [...there.values()])).toEqual([visitId]);
  });
});

describe('leave', () => {
  test('is of one evening of a daily activity, and a later word replaces an earlier one', () => {
    const day = new Day();
    const activity = day.addActivity();
    const { activityId } = activity;
    const personId = day.addPerson('陈杰');
    const note = (reason: string, takingPlace?: string) =>
      day.ask({ type: 'note-leave', activityId, personId, reason, ...(takingPlace && { takingPlace }) });
    note('病假');
    note('事假');
    note('出差', '2026-11-23');
    expect(leavesAt(day.state, activity, day.at)).toMatchObject([{ reason: '事假', notedOn: '2026-11-22' }]);
    day.wait(24 * 3600);
    expect(leavesAt(day.state, activity, day.at)).toMatchObject([{ reason: '出差' }]);
  });

  test('of a day that is over is changed by staff, not by a leader; a day to come by both', () => {
    const day = new Day();
    const { activityId } = day.addActivity();
    const personId = day.addPerson('陈杰');
    const note = (takingPlace: string) =>
      ({ type: 'note-leave', activityId, personId, reason: 'ill', takingPlace }) as const;
    const LEADER = { role: 'leader' } as const;
    expect(day.refusal(note('2020-01-01'), LEADER)?.code).toBe('leave-in-past');
    expect(day.refusal(note('2026-11-21'), STAFF)).toBeUndefined();
    const withdraw = { type: 'withdraw-leave' as const, activityId, personId, takingPlace: '2026-11-21' };
    expect(day.refusal(withdraw, LEADER)?.code).toBe('leave-in-past');
    expect(day.refusal(withdraw, STAFF)).toBeUndefined();
    expect(day.refusal(note('2026-11-22'), LEADER)).toBeUndefined();
    expect(day.refusal(note('2026-11-23'), LEADER)).toBeUndefined();
  });

  test('can be withdrawn once, and excuses nobody who is not there to be excused', () => {
    const day = new Day();
    const { activityId } = day.addActivity();
    const personId = day.addPerson('陈杰');
    const withdraw = { type: 'withdraw-leave' as const, activityId, personId };
    expect(day.refusal(withdraw)?.code).toBe('leave-unknown');
    day.ask({ type: 'note-leave', activityId, personId, reason: 'ill' });
    day.ask(withdraw);
    expect(day.refusal(withdraw)?.code).toBe('leave-unknown');
    const note = { type: 'note-leave' as const, activityId, personId, reason: 'ill' };
    expect(day.refusal({ ...note, personId: 'x' })?.code).toBe('person-unknown');
    expect(day.refusal({ ...note, activityId: 'x' })?.code).toBe('activity-unknown');
  });

  test('who comes after all signs in as anybody', () => {
    const day = new Day();
    const { activityId } = day.addActivity();
    const personId = day.addPerson('陈杰');
    day.ask({ type: 'note-leave', activityId, personId, reason: 'ill' });
    expect(day.signIn(activityId, personId)).toBeTruthy();
  });
});

describe('badges', () => {
  test('Caps Lock, spaces and full-width digits are the same badge', () => {
    expect(['ab12cd', 'AB12CD', 'aB12Cd', ' ab 12 cd ', 'ａｂ１２ｃｄ'].map(badgeOf)).toEqual(
      Array.from({ length: 5 }, () => 'AB12CD'),
    );
  });

  test('a badge is of one person; linking it twice is no change; unlinking frees it', () => {
    const day = new Day();
    const [chen, anna] = [day.addPerson('陈杰'), day.addPerson('Anna')];
    const link = (personId: string, badge = 'AB12') => ({ type: 'link-badge' as const, personId, badge });
    day.ask(link(chen), STAFF);
    expect(day.ask(link(chen, 'ab12'), STAFF).event).toBeUndefined();
    expect(day.refusal(link(anna, 'ab12'), STAFF)).toEqual({ code: 'badge-taken', name: '陈杰' });
    day.ask({ type: 'unlink-badges', personId: chen }, STAFF);
    expect(day.ask({ type: 'unlink-badges', personId: chen }, STAFF).event).toBeUndefined();
    day.ask(link(anna), STAFF);
    expect(personOfBadge(day.state, 'AB12')?.personId).toBe(anna);
  });

  test('a badge may carry the staff number, unless two people have it; a linked one comes first', () => {
    const day = new Day();
    const chen = day.addPerson('陈杰', { staffNo: 'w1017' });
    expect(personOfBadge(day.state, 'W1017')?.personId).toBe(chen);
    const anna = day.addPerson('Anna');
    expect(day.refusal({ type: 'link-badge', personId: anna, badge: 'W1017' }, STAFF)?.code).toBe(
      'badge-taken',
    );
    expect(personOfBadge(day.state, '')).toBeUndefined();
    expect(personOfBadge(day.state, 'nobody')).toBeUndefined();
  });

  test('the badge of somebody who has left opens nothing', () => {
    const day = new Day();
    const chen = day.addPerson('陈杰');
    day.ask({ type: 'link-badge', personId: chen, badge: 'AB12' }, STAFF);
    day.ask({ type: 'remove-people', personIds: [chen] }, { role: 'admin' });
    expect(personOfBadge(day.state, 'AB12')).toBeUndefined();
    expect(day.refusal({ type: 'link-badge', personId: chen, badge: 'XY' }, STAFF)?.code).toBe(
      'person-unknown',
    );
  });

  test('nobody gathers badges without end', () => {
    const day = new Day();
    const personId = day.addPerson('陈杰');
    for (const badge of ['A1', 'A2', 'A3', 'A4', 'A5'])
      day.ask({ type: 'link-badge', personId, badge }, STAFF);
    expect(day.refusal({ type: 'link-badge', personId, badge: 'A6' }, STAFF)).toEqual({
      code: 'too-many-badges',
      most: 5,
    });
  });
});

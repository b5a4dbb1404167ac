import { describe, expect, test } from 'vitest';
import { DEFAULT_SETTINGS } from '../../../src/domain/settings.ts';
import { Day } from './day.ts';

const STAFF = { role: 'editor' } as const;
const signature = { width: 600, height: 200, strokes: [[10, 10, 500, 150]] };

describe('evidence', () => {
  function visitOf(evidence?: { signature?: true; photo?: true }) {
    const day = new Day();
    const { activityId } = day.addActivity(evidence ? { evidence } : {});
    const visitId = day.signIn(activityId, day.addPerson('陈杰'));
    return { day, visitId, visit: () => day.state.visits.get(visitId)! };
  }

  test('is kept where the activity asks for it, and only what it asks for', () => {
    const { day, visitId, visit } = visitOf({ signature: true });
    day.ask({ type: 'add-evidence', visitId, signature });
    expect(visit().evidence).toEqual({ signature });
    const photo = 'data:image/jpeg;base64,AAAA';
    expect(day.refusal({ type: 'add-evidence', visitId, photo })?.code).toBe('evidence-not-asked');
    expect(day.refusal({ type: 'add-evidence', visitId, signature, photo })?.code).toBe('evidence-not-asked');
    const none = visitOf();
    expect(none.day.refusal({ type: 'add-evidence', visitId: none.visitId, signature })?.code).toBe(
      'evidence-not-asked',
    );
  });

  test('a photo after the signature leaves the signature', () => {
    const { day, visitId, visit } = visitOf({ signature: true, photo: true });
    day.ask({ type: 'add-evidence', visitId, signature });
    day.ask({ type: 'add-evidence', visitId, photo: 'data:image/jpeg;base64,AAAA' });
    expect(visit().evidence).toEqual({ signature, photo: 'data:image/jpeg;base64,AAAA' });
  });

  test('that is there already is not written over at the gate; staff may', () => {
    const { day, visitId, visit } = visitOf({ signature: true });
    day.ask({ type: 'add-evidence', visitId, signature });
    const other = { ...signature, strokes: [[1, 1, 2, 2]] };
    expect(day.refusal({ type: 'add-evidence', visitId, signature: other })?.code).toBe('evidence-there');
    expect(visit().evidence).toEqual({ signature });
    expect(day.refusal({ type: 'add-evidence', visitId, signature: other }, STAFF)).toBeUndefined();
    expect(visit().evidence).toEqual({ signature: other });
  });

  test('after five minutes nobody at the gate adds any; whatever is refused, the sign-in stands', () => {
    const { day, visitId, visit } = visitOf({ signature: true });
    day.wait(301);
    expect(day.refusal({ type: 'add-evidence', visitId, signature })?.code).toBe('evidence-too-late');
    expect(visit()).not.toHaveProperty('undoneAt');
    expect(day.refusal({ type: 'add-evidence', visitId, signature }, STAFF)).toBeUndefined();
  });
});

describe('refused attempts', () => {
  test('are kept with who and why, and an impatient repetition only once a minute', () => {
    const day = new Day();
    const { activityId } = day.addActivity();
    const personId = day.addPerson('陈杰');
    const note = (code: 'not-open' | 'not-eligible') =>
      day.ask({ type: 'note-attempt', activityId, personId, code }).event !== undefined;
    expect([note('not-open'), note('not-open'), note('not-eligible')]).toEqual([true, false, true]);
    day.wait(60);
    expect(note('not-eligible')).toBe(true);
    expect(day.state.attempts.map(({ code }) => code)).toEqual(['not-open', 'not-eligible', 'not-eligible']);
    expect(day.state.attempts[0]).toMatchObject({ personId, activityId, takingPlace: '2026-11-22' });
  });

  test('of another person or at another activity are other attempts', () => {
    const day = new Day();
    const [one, two] = [day.addActivity().activityId, day.addActivity().activityId];
    const [chen, anna] = [day.addPerson('陈杰'), day.addPerson('Anna')];
    for (const [activityId, personId] of [
      [one, chen],
      [one, anna],
      [two, chen],
    ] as const) {
      day.ask({ type: 'note-attempt', activityId, personId, code: 'not-open' });
    }
    expect(day.state.attempts).toHaveLength(3);
  });

  test('at a second full post within the minute is another attempt', () => {
    const day = new Day();
    const { activityId } = day.addActivity();
    const personId = day.addPerson('陈杰');
    for (const postId of ['welding', 'truss', 'truss']) {
      day.ask({ type: 'note-attempt', activityId, personId, postId, code: 'post-full' });
    }
    expect(day.state.attempts.map(({ postId }) => postId)).toEqual(['welding', 'truss']);
  });

  test('of a guest keep the name, until they are dropped with the times or somebody erases it', () => {
    const day = new Day();
    const { activityId } = day.addActivity({ noGuests: true });
    const refuse = (name: string) =>
      day.ask<{ personId: string }>({ type: 'note-attempt', activityId, guest: { name }, code: 'no-guests' })
        .answer.personId;
    const [anna, peter] = [refuse('Anna'), refuse('Peter')];
    expect(refuse('Anna')).toBe(anna);
    expect(day.state.attempts.map(({ personId }) => personId)).toEqual([anna, peter]);
    expect(day.state.people.get(anna)).toMatchObject({ name: 'Anna', guest: true, left: true });
    expect(
      day.refusal({ type: 'match-guest', guestId: anna, personId: day.addPerson('Anna Smith') }, STAFF)?.code,
    ).toBe('guest-unknown');
    day.ask({ type: 'erase-people', personIds: [peter] });
    expect(day.state.people.get(peter)).toMatchObject({ name: '', erased: true });
    day.wait(24 * 3600);
    day.ask({ type: 'drop-times', before: '2026-11-23' });
    expect(day.state.attempts).toEqual([]);
    expect(day.state.people.has(anna)).toBe(false);
  });
});

describe('settings', () => {
  const save = (day: Day, settings: object) =>
    day.ask({ type: 'change-settings', settings } as never, { role: 'admin' });
  const text = { en: 'What is kept', zh: '保存的内容' };

  test('a notice with other words gets the next version, the same words keep theirs', () => {
    const day = new Day();
    save(day, { notice: { text } });
    expect(day.state.settings.notice).toEqual({ version: 1, text });
    save(day, { notice: { text: { ...text } } });
    expect(day.state.settings.notice?.version).toBe(1);
    save(day, { notice: { text: { ...text, en: 'Other words' } } });
    expect(day.state.settings.notice?.version).toBe(2);
  });

  test('a notice that was taken down and comes back never has the number of an old one', () => {
    const day = new Day();
    save(day, { notice: { text } });
    save(day, { notice: null });
    expect(day.state.settings).toMatchObject({ notice: null, noticeVersion: 1 });
    save(day, { notice: { text } });
    expect(day.state.settings.notice?.version).toBe(2);
  });

  test('what is not given stays', () => {
    const day = new Day();
    save(day, { names: 'surname', sound: false });
    const access = { ...DEFAULT_SETTINGS.access, lowReach: true };
    save(day, { access });
    expect(day.state.settings).toEqual({ ...DEFAULT_SETTINGS, names: 'surname', sound: false, access });
  });
});

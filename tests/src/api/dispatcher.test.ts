import { describe, expect, test } from 'vitest';
import { CallError } from '../../../src/api/call-error.ts';
import { contract, type OperationName } from '../../../src/api/contract.ts';
import { createDispatcher, type Handlers } from '../../../src/api/dispatcher.ts';
import { Problem } from '../../../src/domain/problem.ts';
import { Refusal } from '../../../src/domain/refusal.ts';
import { roleAllows, ROLES } from '../../../src/domain/role.ts';

const WORDS = { en: 'No room.', zh: '没有地方。' };

/** A dispatcher whose one handler does as told; what reached it and what was reported. */
function prepare(handle: (input: unknown) => unknown) {
  const reached: unknown[] = [];
  const faults: unknown[] = [];
  const handler = (input: unknown) => {
    reached.push(input);
    return handle(input);
  };
  const names = Object.keys(contract);
  const handlers = Object.fromEntries(names.map((name) => [name, handler])) as unknown as Handlers;
  return { reached, faults, dispatch: createDispatcher(handlers, (error) => faults.push(error)) };
}

const STAFF = { role: 'admin' } as const;
const SCREEN = { role: 'screen' } as const;

describe('the one door', () => {
  test('a result is passed on, waited for', async () => {
    const { dispatch } = prepare(() => Promise.resolve({ activities: [] }));
    expect(await dispatch('activities.list', {}, SCREEN)).toEqual({ ok: true, result: { activities: [] } });
  });

  test('whoever may not call learns nothing of whether the input would fit', async () => {
    const { dispatch, reached } = prepare(() => ({}));
    for (const input of [{}, null, { gestureId: 'g' }]) {
      expect(await dispatch('sample.remove', input, SCREEN)).toMatchObject({
        kind: 'forbidden',
        refusal: { code: 'role-missing' },
      });
    }
    expect(reached).toEqual([]);
  });

  test('no handler is reached with input that does not fit', async () => {
    const { dispatch, reached } = prepare(() => ({}));
    for (const input of [undefined, null, 0, '', [], { query: 1 }, { query: '', more: 1 }]) {
      expect(await dispatch('people.find', input, STAFF)).toMatchObject({ kind: 'invalid' });
    }
    expect(reached).toEqual([]);
  });

  test('defaults are filled in before the handler', async () => {
    const { dispatch, reached } = prepare(() => ({}));
    await dispatch('people.find', { query: '' }, SCREEN);
    expect(reached).toEqual([{ query: '', limit: 50 }]);
  });

  test('the complaint about a huge input is short and on one line', async () => {
    const { dispatch } = prepare(() => ({}));
    const huge = Object.fromEntries(Array.from({ length: 5000 }, (_, n) => [`key\n${n}`, n]));
    const answer = await dispatch('people.find', huge, STAFF);
    const { message } = (answer as { refusal: { message: { en: string; zh: string } } }).refusal;
    for (const text of [message.en, message.zh]) {
      expect(text.length).toBeLessThan(500);
      expect(text).not.toContain('\n');
    }
  });

  test('the name of an unknown operation is not echoed at length', async () => {
    const { dispatch } = prepare(() => ({}));
    const answer = await dispatch('x'.repeat(100_000), {}, STAFF);
    expect(JSON.stringify(answer).length).toBeLessThan(1000);
  });
});

describe('what a handler throws', () => {
  test('a refusal is an answer with its details, and nothing is reported', async () => {
    const { dispatch, faults } = prepare(() => {
      throw new Refusal({ code: 'staff-number-taken', staffNo: '1003', name: '王建国' });
    });
    expect(await dispatch('activities.list', {}, SCREEN)).toMatchObject({
      kind: 'refused',
      refusal: {
        code: 'staff-number-taken',
        staffNo: '1003',
        name: '王建国',
        message: { zh: '工号 1003 已属于 王建国，请核对。' },
      },
    });
    expect(faults).toEqual([]);
  });

  test("a call's own no keeps its kind", async () => {
    const { dispatch, faults } = prepare(() => {
      throw new CallError('too-large', 'too-much', WORDS);
    });
    expect(await dispatch('activities.list', {}, SCREEN)).toEqual({
      ok: false,
      kind: 'too-large',
      refusal: { code: 'too-much', message: WORDS },
    });
    expect(faults).toEqual([]);
  });

  test('a problem with words is a fault in its own words, and reported', async () => {
    const problem = new Problem('cannot-save', WORDS);
    const { dispatch, faults } = prepare(() => Promise.reject(problem));
    expect(await dispatch('activities.list', {}, SCREEN)).toEqual({
      ok: false,
      kind: 'fault',
      refusal: { code: 'cannot-save', message: WORDS },
    });
    expect(faults).toEqual([problem]);
  });

  test.each([new Error('secret path /data'), 'a string', undefined, { code: 'ENOSPC' }])(
    'anything else (%s) is a fault without its words',
    async (thrown) => {
      const { dispatch, faults } = prepare(() => {
        throw thrown;
      });
      const answer = await dispatch('activities.list', {}, SCREEN);
      expect(answer).toMatchObject({ ok: false, kind: 'fault', refusal: { code: 'fault' } });
      expect(JSON.stringify(answer)).not.toMatch(/secret|ENOSPC|a string/);
      expect(faults).toEqual([thrown]);
    },
  );
});

test('a fault claims neither that something was saved nor that nothing was', async () => {
  const { dispatch } = prepare(() => Promise.reject(new Error('after the event was on disk')));
  expect(await dispatch('activities.list', {}, SCREEN)).toMatchObject({
    refusal: {
      message: {
        en: expect.stringMatching(/Whether it was saved is not certain\..*organiser/),
        zh: expect.stringMatching(/不确定是否已保存。.*组织者/),
      },
    },
  });
});

describe('the contract', () => {
  const names = Object.keys(contract) as OperationName[];

  test('whatever changes something carries a gesture, and only staff or the gate may', () => {
    const changing = names.filter((name) => 'gestureId' in contract[name].input.shape);
    expect(changing.sort()).toEqual([
      'activities.remove',
      'activities.save',
      'attendance.add',
      'attendance.changePost',
      'attendance.signIn',
      'attendance.undo',
      'attendance.void',
      'badges.link',
      'badges.unlink',
      'evidence.add',
      'guests.match',
      'guests.signIn',
      'guests.unmatch',
      'leaves.note',
      'leaves.withdraw',
      'people.import',
      'people.importUpload',
      'people.remove',
      'people.save',
      'photos.accept',
      'photos.delete',
      'photos.describe',
      'photos.hide',
      'photos.move',
      'photos.putBack',
      'photos.readmit',
      'photos.renameAlbum',
      'photos.revealAlbum',
      'photos.takeDown',
      'photos.turn',
      'rollCall.call',
      'rollCall.undo',
      'sample.remove',
      'settings.save',
      'shows.remove',
      'shows.save',
      'signOuts.accept',
      'signOuts.all',
      'signOuts.correct',
      'signOuts.one',
      'signOuts.stay',
      'signOuts.undo',
      'slogans.remove',
      'slogans.save',
      'system.correctClock',
      'upkeep.dropTimes',
      'upkeep.erase',
    ]);
    const forScreens = changing.filter((name) => roleAllows('screen', contract[name].role));
    expect(forScreens.sort()).toEqual([
      'attendance.changePost',
      'attendance.signIn',
      'attendance.undo',
      'evidence.add',
      'guests.signIn',
      'photos.putBack',
      'photos.takeDown',
      'signOuts.one',
      'signOuts.stay',
      'signOuts.undo',
    ]);
  });

  test.each(names)('%s refuses an extra key', (name) => {
    const { error } = contract[name].input.safeParse({ nobodyAskedForThis: 1 });
    expect(error?.issues.map(({ code }) => code)).toContain('unrecognized_keys');
  });

  test('each role may do what the ones before it may', () => {
    for (const [n, has] of ROLES.entries()) {
      expect(ROLES.filter((needs) => roleAllows(has, needs))).toEqual(ROLES.slice(0, n + 1));
    }
  });
});

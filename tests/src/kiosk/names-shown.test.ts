import { describe, expect, test } from 'vitest';
import type { CallInput, OperationName, Result } from '../../../src/api/contract.ts';
import type { Role } from '../../../src/domain/role.ts';
import type { NamesShown } from '../../../src/domain/settings.ts';
import { openTestKiosk, prepareEvening, type TestKiosk } from '../../support/served-kiosk.ts';

test.each<[NamesShown, string]>([
  ['full', '李明朗'],
  ['surname', '李**'],
  ['none', ''],
])('bystanders see of a name on wall and board what "%s" allows', async (names, shown) => {
  const kiosk = await openTestKiosk();
  const { activityId, li, welding } = await prepareEvening(kiosk);
  await kiosk.asStaff('settings.save', { gestureId: 'names', settings: { names } });
  await kiosk.asStaff('attendance.signIn', { gestureId: 'in', activityId, personId: li, postId: welding });
  const { arrivals } = await kiosk.asStaff('wall.view', {});
  expect(arrivals.map(({ name }) => name)).toEqual([shown]);
  const board = await kiosk.asStaff('board.view', { activityId });
  expect(board.arrivals.map(({ name }) => name)).toEqual([shown]);
});

describe('another program that asks as a screen', () => {
  test.each<[NamesShown, string[]]>([
    ['surname', ['陈**', '陈**', '李**', '王**']],
    ['none', []],
  ])('learns no name from the list where bystanders see "%s"', async (names, shown) => {
    const kiosk = await openTestKiosk();
    const { activityId } = await prepareEvening(kiosk);
    await kiosk.asStaff('settings.save', { gestureId: 'names', settings: { names } });
    // What counts as nothing typed finds everybody.
    for (const query of ['', '  ', '·', '.-’']) {
      for (const narrowed of [{}, { activityId }, { team: '焊接班' }, { categoryId: 'activist' }]) {
        const found = await callAs(kiosk, 'screen', 'people.find', { query, ...narrowed });
        expect(JSON.stringify(found)).not.toMatch(/建国|明朗|陈杰|017|382/);
        if (!('team' in narrowed || 'categoryId' in narrowed)) {
          expect(found.people.map(({ name }) => name)).toEqual(shown);
        }
      }
    }
    const { people } = await callAs(kiosk, 'screen', 'people.find', { query: 'cj' });
    expect(people.map(({ name, distinguish }) => [name, distinguish?.staffNoTail])).toEqual([
      ['陈杰', '017'],
      ['陈杰', '382'],
    ]);
  });

  test.each<[NamesShown, string]>([
    ['full', '李明朗'],
    ['surname', '李**'],
    ['none', ''],
  ])('learns of a visit what "%s" allows; who signs in or out is called by name', async (names, shown) => {
    const kiosk = await openTestKiosk();
    const { activityId, li, welding } = await prepareEvening(kiosk);
    await kiosk.asStaff('settings.save', { gestureId: 'names', settings: { names } });
    const input = { gestureId: 'in', activityId, personId: li, postId: welding };
    const { visitId, name } = await callAs(kiosk, 'screen', 'attendance.signIn', input);
    expect(name).toBe('李明朗');
    const { visits } = await callAs(kiosk, 'screen', 'attendance.list', { activityId });
    expect(visits.map((visit) => visit.name)).toEqual([shown]);
    const out = await callAs(kiosk, 'screen', 'signOuts.one', { gestureId: 'out', visitId });
    expect(out.name).toBe('李明朗');
  });

  test('leaders and staff see whole names whatever bystanders see', async () => {
    const kiosk = await openTestKiosk();
    const { activityId } = await prepareEvening(kiosk);
    await kiosk.asStaff('settings.save', { gestureId: 'names', settings: { names: 'none' } });
    for (const role of ['leader', 'editor'] as const) {
      const { people } = await callAs(kiosk, role, 'people.find', { query: '', activityId });
      expect(people.map(({ name }) => name)).toEqual(['陈杰', '陈杰', '李明朗', '王建国']);
    }
  });
});

async function callAs<Name extends OperationName>(
  { kiosk }: TestKiosk,
  role: Role,
  operation: Name,
  input: CallInput<Name>,
): Promise<Result<Name>> {
  const answer = await kiosk.dispatch(operation, input, { role });
  if (!answer.ok) throw new Error(`${operation}: ${answer.refusal.message.en}`);
  return answer.result as Result<Name>;
}

import { expect, test } from 'vitest';
import type { Role } from '../../../src/domain/role.ts';
import type { PersonView } from '../../../src/api/people-api.ts';
import { openTestKiosk, prepareEvening, type TestKiosk } from '../../support/served-kiosk.ts';

async function find({ kiosk }: TestKiosk, input: object, role: Role = 'screen') {
  const answer = await kiosk.dispatch('people.find', input, { role });
  if (!answer.ok) throw new Error(answer.refusal.message.en);
  return answer.result as { people: PersonView[]; total: number };
}

const namesOf = ({ people, total }: { people: PersonView[]; total: number }) => {
  expect(total).toBe(people.length);
  return people.map(({ name }) => name);
};

test('a guest who is there finds themselves at the gate, and nobody finds them anywhere else', async () => {
  const kiosk = await openTestKiosk();
  const { activityId } = await prepareEvening(kiosk);
  const guest = { gestureId: 'guest', activityId, name: '王建军', organisation: '某厂' };
  const { visitId } = await kiosk.asStaff('guests.signIn', guest);

  const { people } = await find(kiosk, { query: 'wjj', activityId });
  expect(people).toMatchObject([
    { name: '王建军', categoryId: 'guest', matched: 3, visit: { visitId }, distinguish: { team: '某厂' } },
  ]);
  // Whoever is on the roster comes first.
  expect(namesOf(await find(kiosk, { query: 'wj', activityId }))).toEqual(['王建国', '王建军']);
  expect(namesOf(await find(kiosk, { query: 'wj', activityId, categoryId: 'guest' }))).toEqual(['王建军']);
  expect((await find(kiosk, { query: 'wj', activityId, limit: 1 })).people).toHaveLength(1);
  expect(namesOf(await find(kiosk, { query: 'wj' }))).toEqual(['王建国']);
  for (const role of ['leader', 'editor'] as const) {
    expect(namesOf(await find(kiosk, { query: 'wj', activityId }, role))).toEqual(['王建国']);
  }
  await kiosk.asStaff('settings.save', { gestureId: 'names', settings: { names: 'surname' } });
  expect(JSON.stringify(await find(kiosk, { query: '', activityId }))).not.toMatch(/建军|某厂/);

  // The next day they are no longer there, whether or not anybody has closed the visit yet.
  kiosk.clock.forward(24 * 3600);
  expect(namesOf(await find(kiosk, { query: 'wj', activityId }))).toEqual(['王建国']);
});

test('a guest who has left is on no list, and back on it when the sign-out is undone', async () => {
  const kiosk = await openTestKiosk();
  const { activityId } = await prepareEvening(kiosk);
  const guest = { gestureId: 'guest', activityId, name: '王建军' };
  const { visitId } = await kiosk.asStaff('guests.signIn', guest);
  expect(namesOf(await find(kiosk, { query: 'wjj', activityId }))).toEqual(['王建军']);
  await kiosk.asStaff('signOuts.one', { gestureId: 'out', visitId });
  expect(namesOf(await find(kiosk, { query: 'wjj', activityId }))).toEqual([]);
  await kiosk.asStaff('signOuts.undo', { gestureId: 'undo', visitIds: [visitId] });
  expect(namesOf(await find(kiosk, { query: 'wjj', activityId }))).toEqual(['王建军']);
});

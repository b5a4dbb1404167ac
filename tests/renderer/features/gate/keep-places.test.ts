import { expect, test } from 'vitest';
import type { PersonView } from '../../../../src/api/people-api.ts';
import { keepPlaces } from '../../../../renderer/features/gate/keep-places.ts';

function person(personId: string, more: Partial<PersonView> = {}): PersonView {
  return { personId, name: personId, categoryId: null, matched: 0, ...more };
}

test('what is new about somebody is seen in their place', () => {
  const visit = { visitId: 'v', postId: null, signedInAt: '2026-11-22T18:00:00.000+08:00' };
  const shown = [person('a'), person('b'), person('c')];
  const latest = [person('c'), person('b', { visit }), person('a')];
  expect(keepPlaces(shown, latest)).toEqual([person('a'), person('b', { visit }), person('c')]);
});

test('nobody comes and nobody goes', () => {
  const kept = keepPlaces([person('a'), person('b')], [person('0'), person('b')]);
  expect(kept.map(({ personId }) => personId)).toEqual(['a', 'b']);
});

import { expect, test } from 'vitest';
import { DEFAULT_CATEGORIES, findCategory, isNoCategory } from '../../../src/domain/category.ts';

test('a category is found by id and by either name, however it was typed', () => {
  for (const word of ['party-member', 'Party member', 'PARTY MEMBER', '党员', ' 党员 ']) {
    expect(findCategory(DEFAULT_CATEGORIES, word)?.categoryId).toBe('party-member');
  }
});

test('a category is never guessed from a part of its name', () => {
  for (const word of ['', 'member', '预备', '党']) {
    expect(findCategory(DEFAULT_CATEGORIES, word)).toBeUndefined();
  }
});

test('what a staff list says under 政治面貌 and what our own export says is understood', () => {
  const found = ['中共党员', '中共预备党员', '入党积极分子', '党员 Party member'].map(
    (word) => findCategory(DEFAULT_CATEGORIES, word)?.categoryId,
  );
  expect(found).toEqual(['party-member', 'probationary-member', 'activist', 'party-member']);
  expect(['群众', ' 无 ', '-'].every(isNoCategory)).toBe(true);
  expect(isNoCategory('党员')).toBe(false);
});

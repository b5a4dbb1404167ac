import { expect, test } from 'vitest';
import { DEFAULT_CATEGORIES, findCategory } from '../../../src/domain/category.ts';

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

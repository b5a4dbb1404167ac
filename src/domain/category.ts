import type { Bilingual } from './bilingual.ts';

/** What somebody is to the organisation; data, not code, so that a site can have its own. */
export interface Category {
  categoryId: string;
  name: Bilingual;
  /** CSS hex colour of the category's badge. */
  colour: string;
}

/** The categories of DESIGN.md section 2, present in every new kiosk. */
export const DEFAULT_CATEGORIES: readonly Category[] = [
  { categoryId: 'party-member', name: { en: 'Party member', zh: '党员' }, colour: '#A3141B' },
  {
    categoryId: 'probationary-member',
    name: { en: 'Probationary member', zh: '预备党员' },
    colour: '#8A3A12',
  },
  { categoryId: 'development-target', name: { en: 'Development target', zh: '发展对象' }, colour: '#1F5596' },
  { categoryId: 'activist', name: { en: 'Activist', zh: '积极分子' }, colour: '#1F6B45' },
  { categoryId: 'volunteer', name: { en: 'Volunteer', zh: '志愿者' }, colour: '#5B4A9E' },
  { categoryId: 'guest', name: { en: 'Guest', zh: '来宾' }, colour: '#5C5048' },
];

/** Finds a category by its id or by either of its names, ignoring case and outer spaces. */
export function findCategory(categories: Iterable<Category>, word: string): Category | undefined {
  const wanted = word.trim().toLowerCase();
  for (const category of categories) {
    const names = [category.categoryId, category.name.en, category.name.zh];
    if (names.some((name) => name.toLowerCase() === wanted)) return category;
  }
  return undefined;
}

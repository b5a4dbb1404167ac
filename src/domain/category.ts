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

/** Finds a category by its id, its names or what staff lists call it, ignoring case and outer spaces. */
export function findCategory(categories: Iterable<Category>, word: string): Category | undefined {
  const wanted = word.trim().toLowerCase();
  for (const category of categories) {
    const { en, zh } = category.name;
    const names = [category.categoryId, en, zh, `${zh} ${en}`, ...(OTHER_WORDS[category.categoryId] ?? [])];
    if (names.some((name) => name.toLowerCase() === wanted)) return category;
  }
  return undefined;
}

/** What staff lists under 政治面貌 say for our categories. */
const OTHER_WORDS: Record<string, readonly string[]> = {
  'party-member': ['中共党员', '正式党员'],
  'probationary-member': ['中共预备党员'],
  'development-target': ['党员发展对象'],
  activist: ['入党积极分子'],
};

/** Words in a category column that mean none: 群众 is whoever is in no party. */
const NONE = new Set(['群众', '无', '无党派', '-', '–', '—', 'none']);

/** Does the word say that somebody belongs to no category? */
export function isNoCategory(word: string): boolean {
  return NONE.has(word.trim().toLowerCase());
}

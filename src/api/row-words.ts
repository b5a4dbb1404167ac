import type { Bilingual } from '../domain/bilingual.ts';
import type { Category } from '../domain/category.ts';
import type { PeopleRow, RowProblem } from './people-api.ts';

const WORDS: Record<Exclude<RowProblem, 'category-unknown'>, Bilingual> = {
  'name-missing': { en: 'the name is missing', zh: '缺少姓名' },
  'name-too-long': { en: 'the name has more than 64 characters', zh: '姓名超过 64 个字符' },
  'field-too-long': { en: 'staff number or team is too long', zh: '工号或班组过长' },
  'staff-number-twice': { en: 'the staff number stands in the file twice', zh: '文件中工号重复' },
  'same-name-and-team-twice': {
    en: 'name and team stand in the file twice; staff numbers would tell them apart',
    zh: '文件中姓名和班组重复，请用工号区分',
  },
  'several-people-match': {
    en: 'several people on the roster have this name and team; a staff number would tell which',
    zh: '名册中有多人同名同班组，请用工号区分',
  },
};

/** Why a row of a people file was left out, in words. */
export function rowWords(reason: RowProblem, row: PeopleRow, categories: Iterable<Category>): Bilingual {
  if (reason !== 'category-unknown') return WORDS[reason];
  const known = [...categories];
  const names = (language: 'en' | 'zh') => known.map(({ name }) => name[language]);
  const word = row.category ?? '';
  return {
    en: `"${word}" is no category; leave it empty or use ${names('en').join(', ')}`,
    zh: `没有“${word}”这个类别；请留空，或使用：${names('zh').join('、')}`,
  };
}

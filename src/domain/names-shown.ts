import type { NamesShown } from './settings.ts';

/** Surnames of two characters; every other Chinese surname has one. */
const DOUBLE_SURNAMES = new Set(
  (
    '欧阳 上官 司马 司徒 司空 诸葛 东方 皇甫 尉迟 公孙 公羊 公冶 令狐 宇文 长孙 慕容 鲜于 闾丘 夏侯 独孤 南宫 西门 ' +
    '百里 轩辕 端木 万俟 呼延 赫连 澹台 宗政 濮阳 淳于 单于 太叔 申屠 仲孙 钟离 闻人 拓跋 第五 梁丘 左丘 东郭 谷梁 纳兰'
  ).split(' '),
);

/** Always two: their number would tell how long the name is. */
const MASK = '**';

/** Between the parts of a name: a space, or the dot of names such as 买买提·艾力. */
const PARTS = /[\s·•・]+/u;
const CHINESE = /^\p{Script=Han}+$/u;

/**
 * A name as bystanders see it: whole; with its surname only ("陈**"; of other names the first part and the initial of
 * the last, "Anna S."); or nothing at all, which is an empty text.
 */
export function maskedName(name: string, names: NamesShown): string {
  if (names === 'full') return name;
  if (names === 'none') return '';
  const parts = name.trim().split(PARTS);
  const last = parts.at(-1)!;
  if (parts.length > 1) {
    return CHINESE.test(last) ? `${parts[0]}·${MASK}` : `${parts[0]} ${initialOf(last)}.`;
  }
  return `${CHINESE.test(last) ? surnameOf(last) : initialOf(last)}${MASK}`;
}

/** The part of a mask that can be read: who types it finds everybody behind that mask. */
export function unmaskedPart(mask: string): string {
  const [first = ''] = mask.split(PARTS);
  return first.endsWith(MASK) ? first.slice(0, -MASK.length) : first;
}

function surnameOf(name: string): string {
  const characters = [...name];
  const two = characters.slice(0, 2).join('');
  return characters.length > 2 && DOUBLE_SURNAMES.has(two) ? two : (characters[0] ?? '');
}

function initialOf(name: string): string {
  return [...name][0] ?? '';
}

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createNameFinder } from '../../../src/roster/name-finder.ts';
import { SAMPLE } from '../../../src/sample/volunteer-evening.ts';

function finderOf(...names: string[]) {
  return createNameFinder(names.map((name) => ({ personId: name, name })));
}

/** Who is found among some others, with how much of the name the query covers. */
function found(query: string, ...names: string[]): Record<string, number> {
  const hits = finderOf(...names).find(query);
  return Object.fromEntries(hits.map(({ personId, matched }) => [personId, matched]));
}

test('initials find a name, letter by letter', () => {
  expect(found('w', '王建国', '李明朗')).toEqual({ 王建国: 1 });
  expect(found('wj', '王建国', '李明朗')).toEqual({ 王建国: 2 });
  expect(found('WJG', '王建国', '李明朗')).toEqual({ 王建国: 3 });
  expect(found('wjgx', '王建国', '李明朗')).toEqual({});
});

test('names of two characters are found like names of three', () => {
  expect(found('cj', '陈杰', '陈伟', '程建军')).toEqual({ 陈杰: 2, 程建军: 2 });
});

test('full pinyin finds a name, and marks the characters it reaches into', () => {
  expect(found('cheng', '陈杰', '程建军')).toEqual({ 程建军: 1 });
  expect(found('chenj', '陈杰', '陈伟')).toEqual({ 陈杰: 2 });
  expect(found('che', '陈杰', '程建军')).toEqual({ 陈杰: 1, 程建军: 1 });
});

test('ü is typed as v, or as ü', () => {
  expect(found('lv', '吕布', '卢布')).toEqual({ 吕布: 1 });
  expect(found('lü', '吕布', '卢布')).toEqual({ 吕布: 1 });
});

test('characters find a name from its beginning', () => {
  expect(found('陈', '陈杰', '李陈')).toEqual({ 陈杰: 1 });
  expect(found('陈杰', '陈杰', '陈伟')).toEqual({ 陈杰: 2 });
});

test('Latin names are found by name, by initials and without the space, in any case', () => {
  const names = ['Anna Smith', 'ANDREW', '安娜'];
  expect(Object.keys(found('anna s', ...names))).toEqual(['Anna Smith']);
  expect(Object.keys(found('as', ...names))).toEqual(['Anna Smith']);
  expect(Object.keys(found('annasm', ...names))).toEqual(['Anna Smith']);
  expect(Object.keys(found('andr', ...names))).toEqual(['ANDREW']);
  expect(found('anna', ...names)).toEqual({ 'Anna Smith': 4, 安娜: 2 });
});

test('pinyin typed with a space or an apostrophe finds the same person', () => {
  expect(found('chen jie', '陈杰', '陈伟')).toEqual({ 陈杰: 2 });
  expect(found("xi'an", '席安', '西门')).toEqual({ 席安: 2 });
});

test('a staff number finds its person on the same pad', () => {
  const finder = createNameFinder([
    { personId: 'a', name: '陈杰', staffNo: '1017' },
    { personId: 'b', name: '陈伟', staffNo: 'A-1017' },
  ]);
  expect(finder.find('101')).toEqual([{ personId: 'a', matched: 0 }]);
  for (const query of ['a-1', 'A 1', 'a1'])
    expect(finder.find(query)).toEqual([{ personId: 'b', matched: 0 }]);
});

/** Surnames that are read otherwise than the character alone; the sound is what their bearers type. */
const SURNAMES: [name: string, pinyin: string][] = [
  ['单晓雨', 'shan'],
  ['解小龙', 'xie'],
  ['曾志伟', 'zeng'],
  ['仇英', 'qiu'],
  ['区志强', 'ou'],
  ['查良', 'zha'],
  ['朴志勇', 'piao'],
  ['尉迟恭', 'yuchi'],
  ['万俟卨', 'moqi'],
  ['盖文', 'ge'],
  ['任建', 'ren'],
  ['翟志刚', 'zhai'],
  ['种师道', 'chong'],
  ['乐毅', 'yue'],
  ['覃辉', 'qin'],
  ['折从阮', 'she'],
  ['缪斯', 'miao'],
  ['员半千', 'yun'],
  ['洗星海', 'xian'],
  ['冼星海', 'xian'],
];

test.each(SURNAMES)('%s is found as %s', (name, pinyin) => {
  const finder = createNameFinder(
    [...SURNAMES.map(([other]) => other), '陈杰'].map((n) => ({ personId: n, name: n })),
  );
  for (const query of [pinyin, pinyin[0]!]) {
    expect(finder.find(query).map(({ personId }) => personId)).toContain(name);
  }
});

test('who reads a surname the common way finds its bearer too', () => {
  expect(Object.keys(found('dan', '单晓雨'))).toEqual(['单晓雨']);
  expect(Object.keys(found('gai', '盖文'))).toEqual(['盖文']);
});

test('hits stand in pinyin order, and the same person only once', () => {
  const ids = finderOf('程建军', '陈伟', '曹景', '陈杰', '蔡俊').find('c');
  expect(ids.map(({ personId }) => personId)).toEqual(['蔡俊', '曹景', '陈杰', '陈伟', '程建军']);
});

test('an empty query finds everybody once', () => {
  for (const query of ['', '  ', '\u3000']) {
    const ids = createNameFinder(SAMPLE.people).find(query);
    expect(ids.length).toBe(SAMPLE.people.length);
    expect(ids.every(({ matched }) => matched === 0)).toBe(true);
  }
});

test('namesakes are told apart, and only they', () => {
  const finder = createNameFinder(SAMPLE.people);
  expect(finder.isShared('陈杰')).toBe(true);
  expect(finder.isShared('陈伟')).toBe(false);
  expect(finder.isShared('nobody')).toBe(false);
  expect(finder.find('cj').filter(({ matched }) => matched === 2).length).toBeGreaterThan(1);
});

test.each(['.*', '^', '[', '\\', '(?', '😀', '\uD83D', '\0', '%', "'", '🀄️'.repeat(50), 'z'.repeat(10_000)])(
  'naughty input finds nobody and breaks nothing: %j',
  (query) => {
    const finder = createNameFinder(SAMPLE.people);
    const hits = finder.find(query).filter(({ matched }) => matched > 0);
    expect(hits).toEqual([]);
  },
);

test('names that are hardly names can be listed, and found by themselves', () => {
  for (const name of ['😀', '-', '.', '123', '𠮷田', 'Ünal', "O'Brien", '阿·凡提', ' ']) {
    const finder = finderOf(name, '陈杰');
    expect(finder.find('').length).toBe(2);
    expect(finder.find(name).map(({ personId }) => personId)).toContain(name);
  }
});

const anyName = fc.string({
  unit: fc.oneof(
    fc.constantFrom(..."陈杰单万俟乐a B·-'😀1ü"),
    fc.integer({ min: 0x4e00, max: 0x9fff }).map((code) => String.fromCodePoint(code)),
  ),
  minLength: 1,
  maxLength: 6,
});

test('everybody is found by every beginning of their own name', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(anyName, { minLength: 1, maxLength: 8 }),
      fc.nat(),
      fc.nat(),
      (names, who, cut) => {
        const name = names[who % names.length]!;
        const query = [...name].slice(0, 1 + (cut % [...name].length)).join('');
        const hits = finderOf(...names).find(query);
        expect(hits.map(({ personId }) => personId)).toContain(name);
        expect(new Set(hits.map(({ personId }) => personId)).size).toBe(hits.length);
        for (const { personId, matched } of hits) {
          expect(matched).toBeGreaterThanOrEqual(0);
          expect(matched).toBeLessThanOrEqual([...personId].length);
        }
      },
    ),
    { numRuns: 500 },
  );
});

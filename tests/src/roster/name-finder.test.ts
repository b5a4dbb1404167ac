import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createNameFinder, type NameFinder } from '../../../src/roster/name-finder.ts';
import { SAMPLE } from '../../../src/sample/volunteer-evening.ts';
import { SPECIAL_SURNAMES } from './name-finder-surnames.ts';

function finderOf(...names: string[]) {
  return createNameFinder(names.map((name) => ({ personId: name, name })));
}

/** Who is found among some others, with how much of the name the query covers. */
function found(query: string, ...names: string[]): Record<string, number> {
  const { hits } = finderOf(...names).find(query);
  return Object.fromEntries(hits.map(({ person, matched }) => [person.name, matched]));
}

/** The names that are found, in their order. */
function namesOf({ hits }: ReturnType<NameFinder['find']>): string[] {
  return hits.map(({ person }) => person.name);
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

test('pinyin in which two syllables may be cut in two ways finds both', () => {
  expect(found('xian', '席安', '冼平', '西门')).toEqual({ 席安: 2, 冼平: 1 });
  expect(found('lin', '李娜', '林涛')).toEqual({ 李娜: 2, 林涛: 1 });
  expect(found('chena', '陈安', '车娜', '陈伟')).toEqual({ 陈安: 2, 车娜: 2 });
});

test('ü is typed as v, as ü or as u', () => {
  expect(found('lv', '吕布', '卢布')).toEqual({ 吕布: 1 });
  expect(found('lü', '吕布', '卢布')).toEqual({ 吕布: 1 });
  expect(found('lu', '吕布', '卢布')).toEqual({ 吕布: 1, 卢布: 1 });
  expect(found('wangnv', '王女')).toEqual({ 王女: 2 });
  expect(found('wangnu', '王女')).toEqual({ 王女: 2 });
});

test('pinyin typed with tones or in full-width letters finds the same person', () => {
  for (const query of ['chén jié', 'ＣＨＥＮＪＩＥ', 'ｃｊ', 'lǚ'])
    expect(Object.keys(found(query, query === 'lǚ' ? '吕布' : '陈杰', '王伟'))).toHaveLength(1);
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

test('each word of a name finds it, but is not marked where it is not the first', () => {
  expect(found('schm', 'Anna Schmidt', 'Schmidt Anna', '施密特')).toEqual({
    'Anna Schmidt': 0,
    'Schmidt Anna': 4,
  });
  expect(found('delcarmen', 'María del Carmen', 'Carmen')).toEqual({ 'María del Carmen': 0 });
  expect(Object.keys(found('marie', 'Anne-Marie Müller', 'Anne'))).toEqual(['Anne-Marie Müller']);
  for (const query of ['fanti', 'ft', '凡提', 'afanti', '阿凡'])
    expect(Object.keys(found(query, '阿·凡提', '安娜'))).toEqual(['阿·凡提']);
});

test('marks above letters need not be typed', () => {
  for (const query of ['muller', 'mvll', 'Müller', 'MÜLLER'])
    expect(Object.keys(found(query, 'Müller', 'Moller'))).toEqual(['Müller']);
  expect(Object.keys(found('jose', 'José', 'Josef'))).toEqual(['José', 'Josef']);
  expect(Object.keys(found('obr', "O'Brien", 'O’Brady'))).toEqual(['O’Brady', "O'Brien"]);
});

test('a Latin letter that is no other letter with a mark cannot be typed, and its bearer is found by nobody', () => {
  const names = {
    łukasz: 'lukasz',
    Øystein: 'oystein',
    Æsa: 'aesa',
    Weiß: 'weiss',
    Đorđe: 'dorde',
    Işık: 'isik',
  };
  for (const [name, query] of Object.entries({ ...names, Œuvrard: 'oeuv', Þór: 'thor', Guðrún: 'gudrun' }))
    for (const typed of [query, name, name.toUpperCase()])
      expect(Object.keys(found(typed, name, 'Zoe'))).toEqual([name]);
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
  expect(namesOf(finder.find('10'))).toEqual(['陈杰']);
  for (const query of ['a-1', 'A 1', 'a1', 'Ａ１０１７'])
    expect(namesOf(finder.find(query))).toEqual(['陈伟']);
});

test('three digits or more find the end of a staff number, after those that start so', () => {
  const finder = createNameFinder([
    { personId: 'a', name: '安娜', staffNo: '20017' },
    { personId: 'b', name: '白云', staffNo: 'GD2017' },
    { personId: 'c', name: '曹景', staffNo: '01755' },
    { personId: 'd', name: '陈杰', staffNo: '017017' },
    { personId: 'e', name: '丁一', staffNo: '20171' },
    { personId: 'f', name: '冯涛' },
  ]);
  expect(namesOf(finder.find('017'))).toEqual(['曹景', '陈杰', '安娜', '白云']);
  expect(namesOf(finder.find('2017'))).toEqual(['丁一', '白云']);
  expect(namesOf(finder.find('17'))).toEqual([]);
  expect(finder.find('017').hits.every(({ matched }) => matched === 0)).toBe(true);
  expect(finder.find('017', { limit: 3 })).toMatchObject({ total: 4, hits: { length: 3 } });
});

describe.each(SPECIAL_SURNAMES)('%s', (name, ...surnames) => {
  const finder = finderOf(...SPECIAL_SURNAMES.map(([other]) => other), '陈杰', '王建国');
  test.each(surnames)('is found as %s, in full and by its initials', (surname) => {
    const syllables = surname.split(' ');
    for (const query of [surname, syllables.join(''), syllables.map(([initial]) => initial).join('')]) {
      const hit = finder.find(query).hits.find(({ person }) => person.name === name);
      expect(hit?.matched).toBe(syllables.length);
    }
  });
});

test('who reads a surname the common way finds its bearer too', () => {
  expect(Object.keys(found('dan', '单晓雨'))).toEqual(['单晓雨']);
  expect(Object.keys(found('gai', '盖文'))).toEqual(['盖文']);
  expect(Object.keys(found('changsun', '长孙无忌'))).toEqual(['长孙无忌']);
});

test('a common surname is not found by a sound that the character has elsewhere only', () => {
  const rare = { c: '沈红', p: '冯涛', h: '许强', d: '石磊', g: '贾明', x: '叶青' };
  for (const [letter, name] of Object.entries(rare)) expect(found(letter, name)).toEqual({});
});

test('two initials are not buried under everybody whose surname begins with their sound', () => {
  const names = [...'安邦超东飞刚建'].map((given) => `张${given}民`);
  expect(namesOf(finderOf(...names, '周华', '周华伟').find('zh')).slice(0, 2)).toEqual(['周华', '周华伟']);
});

test('unsorted list: hits stand in pinyin order, and the same person only once', () => {
  const hits = finderOf('程建军', '陈伟', '曹景', '陈杰', '蔡俊').find('c');
  expect(namesOf(hits)).toEqual(['蔡俊', '曹景', '陈杰', '陈伟', '程建军']);
});

test('an empty query finds everybody once', () => {
  for (const query of ['', '  ', '\u3000']) {
    const { hits, total } = createNameFinder(SAMPLE.people).find(query);
    expect(new Set(hits.map(({ person }) => person)).size).toBe(SAMPLE.people.length);
    expect(total).toBe(SAMPLE.people.length);
    expect(hits.every(({ matched }) => matched === 0)).toBe(true);
  }
});

test('namesakes are told apart, and only they', () => {
  const finder = createNameFinder(SAMPLE.people);
  expect(finder.isShared('陈杰')).toBe(true);
  expect(finder.isShared('陈伟')).toBe(false);
  expect(finder.isShared('nobody')).toBe(false);
  expect(finder.find('cj').hits.filter(({ matched }) => matched === 2).length).toBeGreaterThan(1);
});

test.each(['.*', '^', '[', '\\', '(?', '😀', '\uD83D', '\0', '%', "'", '🀄️'.repeat(50), 'z'.repeat(10_000)])(
  'naughty input finds nobody and breaks nothing: %j',
  (query) => {
    const finder = createNameFinder(SAMPLE.people);
    const hits = finder.find(query).hits.filter(({ matched }) => matched > 0);
    expect(hits).toEqual([]);
  },
);

test('names that are hardly names can be listed, and found by themselves', () => {
  for (const name of ['😀', '-', '.', '123', '𠮷田', 'Ünal', "O'Brien", '阿·凡提', ' ']) {
    const finder = finderOf(name, '陈杰');
    expect(finder.find('').total).toBe(2);
    expect(namesOf(finder.find(name))).toContain(name);
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
        const found = finderOf(...names).find(query);
        expect(namesOf(found)).toContain(name);
        expect(new Set(namesOf(found)).size).toBe(found.total);
        for (const { person, matched } of found.hits) {
          expect(matched).toBeGreaterThanOrEqual(0);
          expect(matched).toBeLessThanOrEqual([...person.name].length);
        }
      },
    ),
    { numRuns: 500 },
  );
});

test('a page is the start of all hits, and the total counts all whom the filter keeps', () => {
  fc.assert(
    fc.property(
      fc.array(anyName, { maxLength: 40 }),
      fc.constantFrom('', 'c', 'cj', 'chen', '陈', 'a', 'w', '1'),
      fc.nat({ max: 45 }),
      fc.nat({ max: 3 }),
      (names, query, limit, left) => {
        const people = names.map((name, at) => ({ personId: String(at), name, staffNo: String(100 + at) }));
        const finder = createNameFinder(people);
        const keep = (person: { personId: string }) => Number(person.personId) % 4 !== left;
        const all = finder.find(query);
        expect(all.total).toBe(all.hits.length);
        const kept = all.hits.filter(({ person }) => keep(person));
        expect(finder.find(query, { keep, limit })).toEqual({
          hits: kept.slice(0, limit),
          total: kept.length,
        });
      },
    ),
    { numRuns: 500 },
  );
});

test('the list of each query is in the order of the whole list', () => {
  fc.assert(
    fc.property(
      fc.array(anyName, { maxLength: 40 }),
      fc.constantFrom('c', 'cj', 'chen', '陈', 'a', 'w'),
      (names, query) => {
        const finder = createNameFinder(names.map((name, at) => ({ personId: String(at), name })));
        const found = new Set(finder.find(query).hits.map(({ person }) => person));
        const whole = finder.find('').hits.map(({ person }) => person);
        expect([...found]).toEqual(whole.filter((person) => found.has(person)));
      },
    ),
    { numRuns: 300 },
  );
});

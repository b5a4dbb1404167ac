import fc from 'fast-check';
import { expect, test } from 'vitest';
import { maskedName, unmaskedPart } from '../../../src/domain/names-shown.ts';

test.each([
  ['陈杰', '陈**'],
  ['王建国', '王**'],
  ['欧阳娜娜', '欧阳**'],
  ['尉迟恭', '尉迟**'],
  ['万俟卨', '万俟**'],
  // Two characters are a surname and a name, whatever both together may be.
  ['司马', '司**'],
  ['单于', '单**'],
  ['Anna Smith', 'Anna S.'],
  ['Anna Maria van der Berg', 'Anna B.'],
  ['  Anna   Smith ', 'Anna S.'],
  ['Anna', 'A**'],
  ['买买提·艾力', '买买提·**'],
  ['𠮷野家', '𠮷**'],
])('%s is shown as %s where only surnames are', (name, shown) => {
  expect(maskedName(name, 'surname')).toBe(shown);
});

test('names are whole where nobody minds, and nothing where none are shown', () => {
  expect(maskedName('陈杰', 'full')).toBe('陈杰');
  expect(maskedName('陈杰', 'none')).toBe('');
});

test.each([
  ['陈杰', '陈'],
  ['欧阳娜娜', '欧阳'],
  ['Anna', 'A'],
  ['Anna Smith', 'Anna'],
  ['买买提·艾力', '买买提'],
])('of %s the mask leaves %s', (name, part) => {
  expect(unmaskedPart(maskedName(name, 'surname'))).toBe(part);
});

test('a masked Chinese name never tells how long it is, nor its last character', () => {
  const character = fc.constantFrom(...'王李张刘陈杨赵黄周吴欧阳司马');
  const given = fc.constantFrom(...'伟芳娜敏静磊');
  fc.assert(
    fc.property(character, fc.array(given, { minLength: 1, maxLength: 3 }), (surname, rest) => {
      expect(maskedName(surname + rest.join(''), 'surname')).toBe(`${surname}**`);
    }),
  );
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  CHAIN_START,
  decodeLine,
  decodeLineIn,
  encodeLine,
  encodeLines,
  linesOf,
} from '../../../src/store/record.ts';

const record = fc.dictionary(fc.string({ minLength: 1 }), fc.jsonValue(), { minKeys: 1 });

test('whatever a record holds, it is one line and comes back as it was', () => {
  fc.assert(
    fc.property(record, (record) => {
      const { line, chain } = encodeLine({ seq: 1, data: record }, CHAIN_START);
      expect(line.indexOf(10)).toBe(line.length - 1);
      const decoded = decodeLine(line.subarray(0, -1), CHAIN_START);
      expect(decoded).toEqual({ record: JSON.parse(JSON.stringify({ seq: 1, data: record })), chain });
      expect(JSON.parse(line.toString())).toEqual({ crc: chain, ...(decoded!.record as object) });
    }),
  );
});

test('lines that are written together are the same as one by one, and read where they stand', () => {
  fc.assert(
    fc.property(fc.array(record, { minLength: 1 }), (records) => {
      const together = encodeLines(records, '00c0ffee');
      const lines: Buffer[] = [];
      let chain = '00c0ffee';
      for (const one of records) {
        const encoded = encodeLine(one, chain);
        const end = Buffer.concat(lines).length + encoded.line.length;
        const at = { start: end - encoded.line.length, end: end - 1 };
        expect(decodeLineIn(together.bytes, at.start, at.end, chain)).toEqual({
          record: JSON.parse(JSON.stringify(one)),
          chain: encoded.chain,
        });
        lines.push(encoded.line);
        chain = encoded.chain;
      }
      expect(together).toEqual({ bytes: Buffer.concat(lines), chain });
    }),
  );
});

test('a line that is moved, doubled or left out does not check', () => {
  const first = encodeLine({ seq: 1 }, CHAIN_START);
  const second = encodeLine({ seq: 2 }, first.chain);
  const bare = second.line.subarray(0, -1);
  expect(decodeLine(bare, first.chain)?.record).toMatchObject({ seq: 2 });
  expect(decodeLine(bare, CHAIN_START)).toBeUndefined();
  expect(decodeLine(bare, second.chain)).toBeUndefined();
});

test('no flipped bit in a line gets by, and none makes reading fall over', () => {
  const line = encodeLine({ seq: 1, data: { name: '陈杰' } }, CHAIN_START).line.subarray(0, -1);
  for (let bit = 0; bit < line.length * 8; bit++) {
    const flipped = Buffer.from(line);
    flipped[bit >> 3]! ^= 1 << (bit & 7);
    expect(decodeLine(flipped, CHAIN_START), `bit ${bit}`).toBeUndefined();
  }
});

test('what is no record at all is not mistaken for one', () => {
  for (const text of ['', '{}', 'null', '{"crc":"', '{"crc":"00000000"', '\0'.repeat(64)]) {
    expect(decodeLine(Buffer.from(text), CHAIN_START)).toBeUndefined();
  }
  const { line } = encodeLine({ seq: 1, data: 'A' }, CHAIN_START);
  const upperCase = Buffer.from(line.toString().replace(/[0-9a-f]{8}/, (crc) => crc.toUpperCase()));
  expect(upperCase.equals(line)).toBe(false);
  expect(decodeLine(upperCase.subarray(0, -1), CHAIN_START)).toBeUndefined();
  expect(decodeLine(line.subarray(0, -1), undefined)).toBeUndefined();
});

test('a line that has no end yet is no line', () => {
  expect(
    [...linesOf(Buffer.from('one\ntwo\nthr'))].map(({ line, start, end }) => [`${line}`, start, end]),
  ).toEqual([
    ['one', 0, 4],
    ['two', 4, 8],
  ]);
});

import { expect, test } from 'vitest';
import { isGoodPin, waitAfter } from '../../../src/domain/pin.ts';

test.each([
  '',
  '12345',
  '1234567890123',
  '000000',
  '111111111111',
  '123456',
  '234567890'.slice(0, 8),
  '987654',
  '12a456',
  '271 828',
  '２７１８２８',
  '271828\n',
])('spoofed or weak PIN: %j is none', (pin) => {
  expect(isGoodPin(pin)).toBe(false);
});

test.each(['271828', '112233', '135791', '123457', '975310', '271828182845'])('%s is a PIN', (pin) => {
  expect(isGoodPin(pin)).toBe(true);
});

test('no limit on PIN tries: four wrong ones are free, then 30 s that double to 15 minutes and never grow beyond', () => {
  const waits = Array.from({ length: 13 }, (_, failures) => waitAfter(failures));
  expect(waits).toEqual([0, 0, 0, 0, 0, 30, 60, 120, 240, 480, 900, 900, 900]);
  expect(waitAfter(100_000)).toBe(900);
});

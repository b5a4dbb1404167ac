import { expect, test } from 'vitest';
import { commandLineOf, OptionError, readStartOptions } from '../../electron/main/start-options.ts';

test('no options', () => {
  expect(readStartOptions([])).toEqual({ sample: false, quit: false, screens: new Map() });
});

test('a folder, the sample, screens for displays; what is Chromium’s is left to it', () => {
  const args = [
    '--data',
    '/srv/muster',
    '--sample',
    '--screen',
    'wall',
    '--screen=2=show:opening',
    '--no-sandbox',
  ];
  expect(readStartOptions(args)).toEqual({
    data: '/srv/muster',
    sample: true,
    quit: false,
    screens: new Map([
      [1, { screen: 'wall' }],
      [2, { screen: 'show', showId: 'opening' }],
    ]),
  });
});

test.each([
  [['--screen', 'garden'], /--screen garden cannot be read; please write/],
  [['--wall'], /Unknown option '--wall'/],
  [['gate'], /Unexpected argument 'gate'/],
  [['--data', ''], /folder of --data is missing/],
])('%j is refused', (args, says) => {
  expect(() => readStartOptions(args)).toThrow(OptionError);
  expect(() => readStartOptions(args)).toThrow(says);
});

test('everything after --cli is the command line’s', () => {
  expect(commandLineOf(['--cli', 'verify', '--data', 'x'])).toEqual(['verify', '--data', 'x']);
  expect(commandLineOf(['--data', 'x'])).toBeUndefined();
});

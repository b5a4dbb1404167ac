import { expect, test } from 'vitest';
import { commandLineOf, OptionError, readStartOptions } from '../../electron/main/start-options.ts';

test('no options', () => {
  expect(readStartOptions([], 'installed')).toEqual({ sample: false, quit: false, screens: new Map() });
});

test('a folder, the sample, screens for displays; what is Chromium’s is left to it', () => {
  const args = [
    '--data',
    '/srv/muster',
    '--sample',
    '--screen',
    'wall',
    '--screen=2=show:opening',
    '--disable-gpu',
  ];
  expect(readStartOptions(args, 'installed')).toEqual({
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
  expect(() => readStartOptions(args, 'development')).toThrow(OptionError);
  expect(() => readStartOptions(args, 'development')).toThrow(says);
});

test('what opens or weakens the pages is for development, but for what an AppImage gives itself', () => {
  const port = ['--remote-debugging-port=9222'];
  const bare = ['--no-sandbox'];
  for (const args of [port, bare]) {
    expect(readStartOptions(args, 'development').sample).toBe(false);
    expect(() => readStartOptions(args, 'installed')).toThrow(OptionError);
  }
  expect(readStartOptions(bare, 'appimage').sample).toBe(false);
  expect(() => readStartOptions(port, 'appimage')).toThrow(/Unknown option '--remote-debugging-port/);
});

test('everything after --cli is the command line’s', () => {
  expect(commandLineOf(['--cli', 'verify', '--data', 'x'])).toEqual(['verify', '--data', 'x']);
  expect(commandLineOf(['--data', 'x'])).toBeUndefined();
});

import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { musterHere } from '../../support/cli-here.ts';
import { muster } from '../../support/cli.ts';
import { expectOneLine } from '../../support/one-line.ts';
import { tempFolder } from '../../support/temp-folder.ts';

describe('wrong usage is one line and exit code 2', () => {
  test.each<[string, string[], RegExp]>([
    ['an unknown command', ['launch'], /no command "launch"/],
    ['an unknown option', ['verify', '--fast'], /--fast/],
    ['an option without its value', ['verify', '--data'], /--data/],
    ['an option of another command', ['verify', '--port', '80'], /--port does not belong here/],
    ['call without an operation', ['call'], /OPERATION is missing/],
    ['call with what is no JSON', ['call', 'people.find', 'nonsense'], /no JSON/],
    ['call with broken JSON of several lines', ['call', 'people.find', '{\n"query": x,\n}'], /no JSON/],
    ['import of nothing', ['import'], /people or photos/],
    ['import people without a file', ['import', 'people'], /FILE is missing/],
    ['import photos without an album', ['import', 'photos', '/tmp'], /--album is missing/],
    [
      'export in an unknown format',
      ['export', 'a', '--format', 'pdf', '--out', 'x'],
      /none of csv, xlsx, json/,
    ],
    ['sample without remove', ['sample'], /sample remove/],
    ['a port that is too high', ['serve', '--port', '65536'], /no port/],
    ['a port below zero', ['serve', '--port=-1'], /no port/],
    ['an address that is none', ['call', 'people.find', '{}', '--url', 'gate'], /no address/],
    ['an address that is a path', ['call', 'x', '--url', 'file:///tmp'], /no address/],
    ['an address without http', ['call', 'x', '--url', 'localhost:6878'], /no address/],
    ['an empty data folder', ['call', 'system.health', '--data', ''], /--data is missing/],
    ['an empty data folder for serve', ['serve', '--port', '0', '--data='], /--data is missing/],
    ['a second word for serve', ['serve', 'x'], /"x" is one word too many/],
    ['a third word for call', ['call', 'x', '{}', 'y'], /"y" is one word too many/],
    ['a second file of people', ['import', 'people', 'a.csv', 'b.csv'], /"b\.csv" is one word too many/],
    ['a second path of photos', ['import', 'photos', 'a', 'b', '--album', 'c'], /"b" is one word too many/],
    ['a second activity', ['export', 'a', 'b', '--format', 'csv', '--out', 'x'], /"b" is one word too many/],
    ['more to remove', ['sample', 'remove', 'x'], /"x" is one word too many/],
    ['a second backup to verify', ['verify', 'a.zip', 'b.zip'], /"b\.zip" is one word too many/],
    [
      'an address to verify a backup at',
      ['verify', 'a.zip', '--url', 'http://127.0.0.1:1'],
      /--url does not/,
    ],
    ['backup without a file', ['backup'], /FILE is missing/],
    ['restore without a file', ['restore'], /FILE is missing/],
    ['a second file to back up to', ['backup', 'a.zip', 'b.zip'], /"b\.zip" is one word too many/],
    ['a second file to restore', ['restore', 'a.zip', 'b.zip'], /"b\.zip" is one word too many/],
    ['photos left out of a check', ['verify', '--without-photos'], /--without-photos does not belong here/],
    ['photos left out of a restore', ['restore', 'a.zip', '--without-photos'], /--without-photos does not/],
    [
      'half a path on the machine of a kiosk',
      ['backup', 'a.zip', '--url', 'http://127.0.0.1:1'],
      /whole path on the kiosk's own machine/,
    ],
    [
      'half a path to restore there',
      ['restore', 'a.zip', '--url', 'http://127.0.0.1:1'],
      /whole path on the kiosk's own machine/,
    ],
    ['a PIN for a backup here', ['backup', 'a.zip', '--pin', '482916'], /--pin belongs to --url/],
    ['a PIN to restore here', ['restore', 'a.zip', '--pin', '482916'], /--pin belongs to --url/],
    ['a PIN for a check here', ['verify', '--pin', '482916'], /--pin belongs to --url/],
    ['an address to reset the PIN at', ['pin', 'reset', '--url', 'http://127.0.0.1:1'], /--url does not/],
    ['a PIN without an address', ['call', 'x', '--pin', '482916'], /--pin belongs to --url/],
    ['something else to do with the PIN', ['pin', 'show'], /pin what\? reset/],
    ['a folder and an address', ['call', 'x', '--data', '/tmp/x', '--url', 'http://127.0.0.1:1'], /exclude/],
  ])('%s', async (_what, args, says) => {
    expectOneLine(await musterHere(args), { code: 2, says });
  });

  test('in a process of its own, too', async () => {
    expectOneLine(await muster(['launch']), { code: 2, says: /no command "launch"/ });
  });

  test('no command at all prints the usage', async () => {
    const { code, stdout } = await muster([]);
    expect([code, stdout]).toEqual([2, expect.stringContaining('muster serve')]);
  });

  test('--help prints the usage and is no mistake', async () => {
    const { code, stdout, stderr } = await muster(['--help']);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain('muster serve');
  });
});

test('a call from a terminal need not name a gesture, and two of them are two', async () => {
  const data = join(await tempFolder(), 'data');
  const save = ['call', 'slogans.save', '{"slogan":{"text":{"en":"Ours","zh":"我们的"}}}', '--data', data];
  const [first, second] = [await muster(save), await muster(save)];
  expect([first.code, second.code]).toEqual([0, 0]);
  expect(first.stdout).not.toBe(second.stdout);
});

test('--version and help answer instead of scolding', async () => {
  expect((await muster(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  expect(await muster(['help'])).toMatchObject({ code: 0, stderr: '' });
});

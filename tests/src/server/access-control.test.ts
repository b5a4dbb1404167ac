import { expect, test } from 'vitest';
import { isOwnHost, isOwnOrigin } from '../../../src/server/access-control.ts';

const NAMES = ['127.0.0.1', 'localhost', '[::1]'];

test.each(NAMES)('on port 80 browsers leave the port out: %s is ours, with and without it', (name) => {
  for (const host of [name, `${name}:80`]) {
    expect([isOwnHost(host, 80), isOwnOrigin(`http://${host}`, 80)]).toEqual([true, true]);
  }
});

test.each(NAMES)('on any other port %s without it is not ours', (name) => {
  expect([isOwnHost(name, 8080), isOwnOrigin(`http://${name}`, 8080)]).toEqual([false, false]);
});

test.each(['evil.example', 'localhost.evil.example', '127.0.0.1:8080', 'localhost:', ''])(
  'on port 80, too, "%s" is not ours',
  (host) => {
    expect([isOwnHost(host, 80), isOwnOrigin(`http://${host}`, 80)]).toEqual([false, false]);
  },
);

test('a page over https is none of ours', () => {
  expect(isOwnOrigin('https://localhost', 80)).toBe(false);
});

import { expect, test } from 'vitest';
import { isAllowedKey } from '../../electron/main/keys.ts';

test.each([
  [{ key: 'r', control: true }, false],
  [{ key: 'R', control: true, shift: true }, false],
  [{ key: 'F5' }, false],
  [{ key: 'F11' }, false],
  [{ key: 'F12' }, false],
  [{ key: 'i', control: true, shift: true }, false],
  [{ key: 'p', control: true }, false],
  [{ key: 's', control: true }, false],
  [{ key: 'w', control: true }, false],
  [{ key: 'q', control: true }, false],
  [{ key: '+', control: true }, false],
  [{ key: '-', control: true }, false],
  [{ key: '0', meta: true }, false],
  [{ key: 'ArrowLeft', alt: true }, false],
  [{ key: 'BrowserBack' }, false],
  [{ key: 'ContextMenu' }, false],
  [{ key: 'a' }, true],
  [{ key: '汉' }, true],
  [{ key: '7' }, true],
  [{ key: 'Enter' }, true],
  [{ key: 'PageDown' }, true],
  [{ key: 'v', control: true }, true],
  [{ key: '@', control: true, alt: true }, true],
])('kiosk left open: the key %o reaches the page: %s', (input, reaches) => {
  expect(isAllowedKey({ control: false, alt: false, meta: false, ...input })).toBe(reaches);
});

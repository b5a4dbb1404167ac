import { spawn } from 'node:child_process';
import { afterEach, expect, test, vi } from 'vitest';
import { start } from '../../build/run.mjs';

vi.mock('node:child_process', () => ({ spawn: vi.fn(), spawnSync: vi.fn() }));

const { platform } = process;

afterEach(() => {
  Object.defineProperty(process, 'platform', { value: platform });
});

test.each([
  ['win32', 'node.cmd', true],
  ['win32', 'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe', false],
  ['linux', 'node', false],
])('on %s %s is started with a shell: %s', (system, command, shell) => {
  Object.defineProperty(process, 'platform', { value: system });
  start(command, ['x'], 'ignore');
  expect(spawn).toHaveBeenLastCalledWith(command, ['x'], expect.objectContaining({ shell }));
});

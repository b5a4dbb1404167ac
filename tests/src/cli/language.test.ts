import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { muster, serve } from '../../support/cli.ts';
import { tempFolder } from '../../support/temp-folder.ts';

test.each<[string, NodeJS.ProcessEnv, RegExp]>([
  ['LANG=zh_CN.UTF-8', { LANG: 'zh_CN.UTF-8' }, /^muster: 没有可移除的示例数据。\n$/],
  ['LC_ALL=zh_CN.UTF-8', { LANG: 'en_US.UTF-8', LC_ALL: 'zh_CN.UTF-8' }, /没有可移除/],
  ['LANG=en_US.UTF-8', { LANG: 'en_US.UTF-8' }, /^muster: There is no sample to remove\.\n$/],
  ['LC_ALL=C over LANG=zh_CN', { LANG: 'zh_CN.UTF-8', LC_ALL: 'C.UTF-8' }, /There is no sample/],
])('a terminal with %s is answered in its language', async (_what, env, says) => {
  const { code, stderr } = await muster(['sample', 'remove', '--data', await tempFolder()], env);
  expect([code, stderr]).toEqual([1, expect.stringMatching(says)]);
});

test('reports are in Chinese, too', async () => {
  const data = join(await tempFolder(), 'data');
  const env = { LANG: 'zh_CN.UTF-8' };
  await muster(['call', 'system.health', '--data', data], env);
  const { code, stdout } = await muster(['verify', '--data', data], env);
  expect([code, stdout]).toEqual([0, '一切正常：事件 0，快照 0，人员 0，签到 0，照片 0。\n']);
  const journal = join(data, 'store', 'journal-000000000001.jsonl');
  appendFileSync(journal, 'torn');
  const broken = await muster(['verify', '--data', data], env);
  expect(broken.stderr).toBe(
    '发现问题：事件 0，快照 0。\n  journal-000000000001.jsonl：末尾 4 字节不是完整的记录\n',
  );
  const serving = await serve(['--data', data], env);
  onTestFinished(() => void serving.child.kill('SIGKILL'));
  expect(serving.stderr()).toMatch(/^journal-000000000001\.jsonl 的末尾不完整[^\n]+\n$/);
});

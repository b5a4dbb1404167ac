import { randomUUID } from 'node:crypto';
import { appendFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Bilingual } from '../../../src/domain/bilingual.ts';
import { muster, serve, type Serving } from '../../support/cli.ts';
import { tempFolder } from '../../support/temp-folder.ts';

async function serving(args: string[], env: NodeJS.ProcessEnv = {}): Promise<Serving> {
  const started = await serve(args, env);
  onTestFinished(() => void started.child.kill('SIGKILL'));
  return started;
}

async function call(address: string, operation: string, input: unknown): Promise<Record<string, unknown>> {
  const response = await fetch(`${address}/api/${operation}`, {
    method: 'POST',
    body: JSON.stringify(input),
  });
  const answer = (await response.json()) as { ok: boolean; result: Record<string, unknown> };
  if (!answer.ok) throw new Error(JSON.stringify(answer));
  return answer.result;
}

test('one ready line; SIGTERM ends it with code 0; a restart has everything', async () => {
  const data = join(await tempFolder(), 'new', 'data');
  const first = await serving(['--data', data, '--sample']);
  const { visitId, seq } = await call(first.address, 'attendance.signIn', {
    gestureId: randomUUID(),
    activityId: 'sample-volunteer-evening',
    personId: 'sample-chen-wei',
    postId: 'welding',
  });
  expect(await first.end('SIGTERM')).toEqual({ code: 0, signal: null });
  expect(first.stdout()).toBe(`Muster is ready: ${first.address}\n`);
  expect(first.stderr()).toBe('');

  const second = await serving(['--data', data]);
  const { visits } = await call(second.address, 'attendance.list', {
    activityId: 'sample-volunteer-evening',
  });
  expect(visits).toMatchObject([{ visitId, seq, personId: 'sample-chen-wei', name: '陈伟' }]);
  expect((await call(second.address, 'photos.list', {})).photos).toHaveLength(15);
  expect(await second.end('SIGINT')).toEqual({ code: 0, signal: null });
  expect((await muster(['verify', '--data', data])).code).toBe(0);
});

test('SIGTERM while screens are listening and a call is half sent still ends it', async () => {
  const { address, end } = await serving(['--data', await tempFolder()]);
  const socket = new WebSocket(`${address.replace('http', 'ws')}/api/push`);
  await new Promise((resolve) => (socket.onopen = resolve));
  const half = fetch(`${address}/api/activities.list`, {
    method: 'POST',
    duplex: 'half',
    body: new ReadableStream({ start: (body) => body.enqueue(new TextEncoder().encode('{')) }),
  } as RequestInit);
  half.catch(() => undefined);
  expect(await end('SIGTERM')).toEqual({ code: 0, signal: null });
  await expect(half).rejects.toThrow();
});

test('with --json the ready line is one object', async () => {
  const { address, stdout } = await serving(['--data', await tempFolder(), '--json']);
  expect(JSON.parse(stdout())).toEqual({ address });
});

test('MUSTER_DATA names the folder where --data does not', async () => {
  const data = join(await tempFolder(), 'from-env');
  const { address } = await serving([], { MUSTER_DATA: data });
  const { gateId } = await call(address, 'system.health', {});
  expect(gateId).toMatch(/^[a-z2-9]{6}$/);
  expect(statSync(join(data, 'store')).isDirectory()).toBe(true);
});

test('the data folder is for its owner only', async () => {
  const data = join(await tempFolder(), 'data');
  await muster(['call', 'system.health', '--data', data]);
  for (const folder of [data, join(data, 'store')]) expect(statSync(folder).mode & 0o777).toBe(0o700);
});

test('killed in the middle, it says at the next start what it had to repair', async () => {
  const data = await tempFolder();
  await muster(['call', 'system.health', '--data', data]);
  const journal = readdirSync(join(data, 'store')).find((name) => name.startsWith('journal-'))!;
  appendFileSync(join(data, 'store', journal), '{"crc":"0000');
  const { address, stderr } = await serving(['--data', data]);
  const recovery = (await call(address, 'system.health', {})).recovery as Bilingual[];
  const words = expect.stringContaining(journal) as string;
  expect(recovery).toEqual([{ en: words, zh: words }]);
  expect(stderr().trimEnd().split('\n')).toEqual(recovery.map(({ en }) => en));
});

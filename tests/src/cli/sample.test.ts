import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { muster, serve } from '../../support/cli.ts';
import { tempFolder } from '../../support/temp-folder.ts';

/** How much of everything a folder's kiosk knows. */
async function countsOf(data: string): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  const lists = { 'activities.list': 'activities', 'slogans.list': 'slogans', 'photos.list': 'photos' };
  for (const [operation, key] of Object.entries(lists)) {
    const { stdout } = await muster(['call', operation, '--data', data]);
    counts[key] = (JSON.parse(stdout) as Record<string, unknown[]>)[key]!.length;
  }
  const { stdout } = await muster(['call', 'people.find', '{"query":""}', '--data', data]);
  counts.people = (JSON.parse(stdout) as { total: number }).total;
  return counts;
}

function photoFilesIn(data: string): string[] {
  return readdirSync(join(data, 'photos'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name);
}

test('the sample goes in one step, with its files, and a start with --sample does not bring it back', async () => {
  const data = join(await tempFolder(), 'data');
  const serveSample = async () => {
    const serving = await serve(['--data', data, '--sample']);
    onTestFinished(() => void serving.child.kill('SIGKILL'));
    expect(await serving.end('SIGTERM')).toMatchObject({ code: 0 });
  };
  await serveSample();
  expect(await countsOf(data)).toEqual({ activities: 1, slogans: 3, photos: 15, people: 18 });
  expect(photoFilesIn(data)).toHaveLength(45);
  const own = ['slogans.save', '{"gestureId":"own","slogan":{"text":{"en":"Ours","zh":"我们的"}}}'];
  expect((await muster(['call', ...own, '--data', data])).code).toBe(0);

  const removed = await muster(['sample', 'remove', '--data', data, '--json']);
  expect([removed.code, JSON.parse(removed.stdout)]).toEqual([0, { removed: true, visits: 0 }]);
  const left = { activities: 0, slogans: 1, photos: 0, people: 0 };
  expect(await countsOf(data)).toEqual(left);
  expect(photoFilesIn(data)).toEqual([]);

  await serveSample();
  expect(await countsOf(data)).toEqual(left);
  expect(photoFilesIn(data)).toEqual([]);
  expect((await muster(['verify', '--data', data])).code).toBe(0);
});

import { expect, test } from 'vitest';
import { badFiles } from './bad-files.ts';
import { ODD_NAMES, tryFiles, tryOddPlaces, type Tried } from './try-files.ts';

test(
  'bombs, oddities and photos cut short cost little, break nothing, and the next photo is in',
  { timeout: 300_000 },
  async () => {
    const files = badFiles(false);
    const tried: Tried[] = [];
    for await (const one of tryFiles(files)) tried.push(one);
    expect(tried.filter(({ wrong }) => wrong.length > 0)).toEqual([]);
    expect(tried).toHaveLength(files.length);
  },
);

test('what is no ordinary file is left out, odd names are kept, and a photo that grows is not taken by halves', async () => {
  const said = await tryOddPlaces();
  for (const name of ODD_NAMES) expect([name, said[name]]).toEqual([name, 'added']);
  expect(said).toMatchObject({
    'inside.jpg': 'added',
    'grows.jpg': 'changing',
    loop: 'not-a-file',
    'device.jpg': 'not-a-file',
    'pipe.jpg': 'not-a-file',
    // Nothing is locked for root.
    'locked.jpg': process.getuid?.() === 0 ? 'added' : 'unreadable',
  });
});

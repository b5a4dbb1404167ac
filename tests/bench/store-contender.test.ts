import { expect, test } from 'vitest';
import { sharing } from './store-contender.ts';

/** A commit that lasts until it is let go, and what it was given. */
function heldCommit() {
  const commits: number[][] = [];
  const held: PromiseWithResolvers<void>[] = [];
  const append = sharing((items: number[]) => {
    commits.push(items);
    const commit = Promise.withResolvers<void>();
    held.push(commit);
    return commit.promise;
  });
  return { append, commits, held };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

test('Who comes in one turn shares a commit; who comes while it lasts shares the next one', async () => {
  const { append, commits, held } = heldCommit();
  const first = [append(1), append(2)];
  await turn();
  const second = [append(3), append(4)];
  await turn();
  expect(commits).toEqual([[1, 2]]);
  held[0]!.resolve();
  await Promise.all(first);
  await turn();
  expect(commits).toEqual([
    [1, 2],
    [3, 4],
  ]);
  held[1]!.resolve();
  await Promise.all(second);
});

test('Callers that come again at once all go into the next commit', async () => {
  const commits: number[][] = [];
  const append = sharing((items: number[]) => void commits.push(items));
  await Promise.all(
    [1, 2, 3].map(async (caller) => {
      await append(caller);
      await append(caller * 10);
    }),
  );
  expect(commits).toEqual([
    [1, 2, 3],
    [10, 20, 30],
  ]);
});

test('A commit that fails fails for those who shared it, and the next one goes on', async () => {
  const { append, commits, held } = heldCommit();
  const failed = Promise.allSettled([append(1), append(2)]);
  await turn();
  held[0]!.reject(new Error('no room'));
  expect((await failed).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  const good = append(3);
  await turn();
  held[1]!.resolve();
  await good;
  expect(commits).toEqual([[1, 2], [3]]);
});

import { setTimeout as later } from 'node:timers/promises';
import { beforeEach, describe, expect, test } from 'vitest';
import { Problem } from '../../../../src/domain/problem.ts';
import { openWorks, type Telling, type Works } from '../../../../src/kiosk/upkeep/works.ts';
import { until } from '../../../support/until.ts';

const words = { en: 'It is done.', zh: '完成。' };

let changes: { count: number };
let faults: unknown[];
let works: Works;

beforeEach(() => {
  // An object of its own: what an earlier test has left may still tell.
  const told = (changes = { count: 0 });
  faults = [];
  works = openWorks(
    () => '2026-11-22T18:00:00.000+08:00',
    () => told.count++,
    (error) => faults.push(error),
  );
});

/** Work that waits until it is told to end, or is stopped. */
function waiting() {
  const gate = Promise.withResolvers<void>();
  const run = async ({ signal }: Telling) => {
    const stopped = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason as Error));
    });
    await Promise.race([gate.promise, stopped]);
    return { words };
  };
  return { run, end: () => gate.resolve() };
}

describe('one piece of long work', () => {
  test('is under way from the call on, and remembered with its words once it has ended', async () => {
    const { run, end } = waiting();
    const { workId, result } = works.start('backup', '/a.zip', run);
    expect(works.current).toEqual({
      workId,
      kind: 'backup',
      state: 'running',
      startedAt: '2026-11-22T18:00:00.000+08:00',
      done: 0,
      total: null,
      words: null,
      problems: [],
      path: '/a.zip',
    });
    end();
    expect(await result).toEqual({ words });
    expect(works.current).toBeNull();
    expect(works.ended).toEqual([expect.objectContaining({ workId, state: 'done', words })]);
  });

  test('is alone: another one is refused with what to do, and may begin once it has ended', async () => {
    const { run, end } = waiting();
    const { result } = works.start('backup', null, run);
    expect(() => works.start('verify', null, run)).toThrow(
      expect.objectContaining({ code: 'upkeep-busy', kind: 'refused' }),
    );
    expect(() => works.requireIdle()).toThrow(expect.objectContaining({ code: 'upkeep-busy' }));
    end();
    await result;
    await works.start('verify', null, () => Promise.resolve({ words })).result;
    expect(works.ended.map(({ kind }) => kind)).toEqual(['verify', 'backup']);
  });

  test('tells how far it is, what is wrong and what it is about', async () => {
    const { result } = works.start('verify', null, async ({ progress, problem, about }) => {
      progress(3, 10);
      problem({ en: 'one', zh: '一' });
      about('/found.zip');
      expect(works.current).toMatchObject({
        done: 3,
        total: 10,
        problems: [{ en: 'one', zh: '一' }],
        path: '/found.zip',
      });
      return Promise.resolve({ words });
    });
    await result;
    expect(works.ended[0]).toMatchObject({ done: 10, total: 10, problems: [{ en: 'one', zh: '一' }] });
  });

  test('tells screens at most four times a second, and of its end for certain', async () => {
    const begun = performance.now();
    const { result } = works.start('backup', null, async ({ progress }) => {
      for (let done = 0; done < 60; done++) {
        progress(done, 60);
        await later(10);
      }
      return { words };
    });
    await result;
    const atEnd = changes.count;
    expect(atEnd).toBeGreaterThanOrEqual(2);
    expect(atEnd).toBeLessThanOrEqual((performance.now() - begun) / 250 + 1);
    await until(() => changes.count > atEnd);
  });
});

describe('what goes wrong', () => {
  test('with words for a person stands in the list, and is no fault', async () => {
    const problem = new Problem('disk-nearly-full', { en: 'No room.', zh: '空间不足。' });
    const { result } = works.start('backup', null, () => Promise.reject(problem));
    await expect(result).rejects.toBe(problem);
    expect(works.ended[0]).toMatchObject({ state: 'failed', words: problem.words });
    expect(faults).toEqual([]);
  });

  test('without words is reported once and told without its inner words', async () => {
    const error = new Error('inner words');
    await expect(works.start('backup', null, () => Promise.reject(error)).result).rejects.toBe(error);
    expect(works.ended[0]!.words!.en).not.toContain('inner');
    expect(works.ended[0]!.state).toBe('failed');
    expect(faults).toEqual([error]);
  });

  test('thrown at once leaves nothing under way', async () => {
    const { result } = works.start('backup', null, () => {
      throw new Error('at once');
    });
    await expect(result).rejects.toThrow('at once');
    expect(works.current).toBeNull();
  });

  test('whoever does not wait for the work is not asked to catch what it throws', async () => {
    works.start('backup', null, () => Promise.reject(new Error('nobody waits')));
    await later(5);
    expect(works.ended[0]!.state).toBe('failed');
  });
});

describe('stopping', () => {
  test('ends what is under way as cancelled; again and afterwards it changes nothing', async () => {
    const { workId, result } = works.start('backup', null, waiting().run);
    await later(1);
    works.cancel(workId);
    works.cancel(workId);
    await expect(result).rejects.toMatchObject({ code: 'cancelled' });
    expect(works.ended[0]).toMatchObject({
      state: 'cancelled',
      words: { en: expect.stringMatching(/stopped/) as string },
    });
    works.cancel(workId);
    expect(works.ended[0]!.state).toBe('cancelled');
    expect(faults).toEqual([]);
  });

  test('what fails otherwise after it was stopped has failed', async () => {
    const { workId, result } = works.start('backup', null, async ({ signal }) => {
      while (!signal.aborted) await later(1);
      throw new Problem('target-unwritable', { en: 'Gone.', zh: '没有了。' });
    });
    works.cancel(workId);
    await expect(result).rejects.toMatchObject({ code: 'target-unwritable' });
    expect(works.ended[0]!.state).toBe('failed');
  });

  test('what has passed the point of no return is done all the same', async () => {
    const { run, end } = waiting();
    const { workId, result } = works.start('restore', null, async () => {
      await Promise.resolve();
      return run({ signal: new AbortController().signal } as Telling);
    });
    works.cancel(workId);
    end();
    await result;
    expect(works.ended[0]!.state).toBe('done');
  });

  test('of work that nobody knows is refused', () => {
    expect(() => works.cancel('never')).toThrow(expect.objectContaining({ code: 'work-unknown' }));
  });

  test('with the kiosk waits for the end', async () => {
    let over = false;
    const { result } = works.start('backup', null, async ({ signal }) => {
      while (!signal.aborted) await later(1);
      await later(20);
      over = true;
      throw signal.reason as Error;
    });
    const left = result.catch(() => undefined);
    await works.close();
    expect(over).toBe(true);
    await left;
    await works.close();
  });
});

test('twenty pieces that have ended are remembered, the newest first', async () => {
  for (let n = 0; n < 25; n++) {
    await works.start('verify', `/${n}`, () => Promise.resolve({ words })).result;
  }
  expect(works.ended).toHaveLength(20);
  expect([works.ended[0]!.path, works.ended[19]!.path]).toEqual(['/24', '/5']);
});

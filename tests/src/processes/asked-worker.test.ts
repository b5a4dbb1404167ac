import { getPriority } from 'node:os';
import { expect, onTestFinished, test } from 'vitest';
import { askedWorker, type WorkerCare } from '../../../src/processes/asked-worker.ts';
import { forkWorker } from '../../../src/processes/node-worker.ts';
import type { SlowReply, SlowRequest } from './slow-worker.ts';

const OWN = getPriority();

function slowWorker(timeLimit: number, care?: WorkerCare) {
  const worker = forkWorker(new URL('./slow-worker.ts', import.meta.url));
  const asked = askedWorker<SlowRequest, SlowReply>(worker, timeLimit, care);
  onTestFinished(() => asked.end('the test is over'));
  return asked;
}

test('a machine with other work starts a worker late: that is not the time of what it is asked', async () => {
  const worker = slowWorker(600);
  expect(await worker.ask({ busy: 0 })).toEqual({ reply: [OWN, OWN] });
});

test('what takes too long once it is begun ends the worker, and everybody who waits for it is told', async () => {
  const worker = slowWorker(600);
  const [slow, next] = await Promise.all([worker.ask({ busy: 60_000 }), worker.ask({ busy: 0 })]);
  expect(slow).toEqual({ ended: 'too-slow', how: 'over 0.6 s' });
  expect(next).toEqual({ ended: 'gone', how: 'another request took too long' });
});

test('what takes longer than a moment goes on below the kiosk', async () => {
  const worker = slowWorker(30_000, { lowerAfter: 200 });
  expect(await worker.ask({ busy: 1000 })).toEqual({ reply: [OWN, Math.max(OWN, 10)] });
});

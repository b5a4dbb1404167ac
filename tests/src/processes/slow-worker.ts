/* A worker that takes long to start, as on a machine with other work, and long for what it is asked. */
import { getPriority } from 'node:os';
import { answerRequests } from '../../../src/processes/answer-requests.ts';

/** How long to be busy, in milliseconds. */
export interface SlowRequest {
  busy: number;
}

/** The priority it had before and after. */
export type SlowReply = [before: number, after: number];

const STARTING = 1000;

block(STARTING);

answerRequests(({ busy }: SlowRequest): Promise<SlowReply> => {
  const before = getPriority();
  block(busy);
  return Promise.resolve([before, getPriority()]);
});

/** As a file that is read in one go does. */
function block(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

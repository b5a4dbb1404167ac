/*
 * `npm run bench:pin`: does trying PINs hold up the gate? Sign-ins over HTTP, one after the other, alone and while
 * somebody tries the right PIN again and again, so that its hash is really worked out each time; in turns, so that
 * the machine's own noise meets both.
 */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { EVENING } from '../support/sample-kiosk.ts';
import { serve } from '../support/cli.ts';
import { printRow } from './print-row.ts';

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '10' } } });
const PIN = '482916';
const PEOPLE = [
  'sample-wang-jianguo',
  'sample-zhou-min',
  'sample-wu-gang',
  'sample-feng-tao',
  'sample-he-yong',
];

const folder = mkdtempSync(join(tmpdir(), 'muster-bench-'));
const server = await serve(['--data', folder, '--sample']);
try {
  await call('access.setPin', { pin: PIN });
  const alone: number[] = [];
  const besides: number[] = [];
  let tries = 0;
  for (let round = 0; round < Number(values.rounds); round++) {
    alone.push(...(await signInAll()));
    let trying = true;
    const tried = (async () => {
      for (; trying; tries++) await call('access.unlock', { pin: PIN });
    })();
    besides.push(...(await signInAll()));
    trying = false;
    await tried;
  }
  printRow('sign-in over HTTP, disk included, alone, ms', alone);
  printRow(`the same while PINs are tried (${tries} tries), ms`, besides);
} finally {
  await server.end('SIGTERM');
  rmSync(folder, { recursive: true, force: true });
}

/** Signs everybody in and out again by an undo; the time of each sign-in. */
async function signInAll(): Promise<number[]> {
  const times: number[] = [];
  for (const personId of PEOPLE) {
    const begun = performance.now();
    const input = { gestureId: randomUUID(), activityId: EVENING, personId };
    const { visitId } = await call<{ visitId: string }>('attendance.signIn', input);
    times.push(performance.now() - begun);
    await call('attendance.undo', { gestureId: randomUUID(), visitId });
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return times;
}

async function call<Result>(operation: string, input: unknown): Promise<Result> {
  const response = await fetch(`${server.address}/api/${operation}`, {
    method: 'POST',
    body: JSON.stringify(input),
  });
  const answer = (await response.json()) as { ok: true; result: Result } | { ok: false };
  if (!answer.ok) throw new Error(`${operation}: ${JSON.stringify(answer)}`);
  return answer.result;
}

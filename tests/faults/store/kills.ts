import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { look } from './judge.ts';
import type { Tally } from './tally.ts';
import { Told } from './told.ts';

const CHILD = fileURLToPath(new URL('kill-child.ts', import.meta.url));

/** When the plug is pulled: so many lines of this kind after the start, and then up to so many milliseconds. */
const MOMENTS = [
  { name: 'killed while starting', line: 'ready', lines: 1, ms: 8 },
  { name: 'killed while signing in', line: '=', lines: 90, ms: 3 },
  { name: 'killed while writing a snapshot', line: 'snapshot', lines: 3, ms: 4 },
  { name: 'killed while starting again', line: 'ready', lines: 2, ms: 8 },
] as const;

/** Kills on one folder before another one is begun, and kills between two looks at it. */
const KILLS_A_FOLDER = 24;
const KILLS_A_LOOK = 3;

/** Kills a kiosk with -9 so many times at random moments, on the real disk, and compares what it said with what is there. */
export async function killOften(kills: number, tally: Tally): Promise<void> {
  for (let done = 0; done < kills; done += KILLS_A_FOLDER) {
    const folder = await mkdtemp(join(tmpdir(), 'muster-kill-'));
    try {
      await killOn(folder, Math.min(KILLS_A_FOLDER, kills - done), tally);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
}

async function killOn(folder: string, kills: number, tally: Tally): Promise<void> {
  const told = new Told();
  for (let kill = 1; kill <= kills; kill++) {
    const moment = MOMENTS[kill % MOMENTS.length]!;
    await killOnce(folder, told, moment);
    tally.count(moment.name);
    if (kill % KILLS_A_LOOK > 0 && kill < kills) continue;
    tally.add(`${kill} times killed`, await look(folder, told));
  }
}

async function killOnce(folder: string, told: Told, moment: (typeof MOMENTS)[number]): Promise<void> {
  const next = told.attempts.length;
  const unknown = told.attempts.findIndex(({ acknowledged, rejected }) => !acknowledged && !rejected);
  const child = spawn(process.execPath, [CHILD, folder, `${unknown === -1 ? next : unknown}`, `${next}`]);
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complaint += text));
  const exited = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
  let left = 1 + Math.floor(Math.random() * moment.lines);
  for await (const line of createInterface({ input: child.stdout })) {
    note(told, line);
    if (line.startsWith(moment.line) && --left === 0) {
      void setTimeout(Math.random() * moment.ms).then(() => child.kill('SIGKILL'));
    }
  }
  const [, signal] = await exited;
  if (signal !== 'SIGKILL') throw new Error(`the kiosk ended before it was killed: ${complaint}`);
}

function note(told: Told, line: string): void {
  const [what, n, seq] = line.split(' ');
  if (what === '+') told.give();
  if (what === '=') told.acknowledge(told.attempts[Number(n)]!, Number(seq));
  // What was not shown after a start will never be.
  if (what === 'open') for (const attempt of told.attempts) attempt.rejected ??= !attempt.acknowledged;
}

/*
 * Pulls the plug on a kiosk in the middle of the rush: imports people, serves, signs them in over HTTP from 64
 * connections, kills the server with SIGKILL at a random moment, starts it again and compares what is there
 * with what was acknowledged. One line a round; exit code 1 on any loss.
 *
 *   npm run check:kill -- --rounds 10 --people 3000
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import type { Answer } from '../../src/api/answer.ts';
import type { ActivityView } from '../../src/api/activities-api.ts';
import type { VisitView } from '../../src/api/attendance-api.ts';
import type { PersonView } from '../../src/api/people-api.ts';
import { muster, serve, type Serving } from '../support/cli.ts';

const CONNECTIONS = 64;

/** What one round showed. */
export interface Round {
  acknowledged: number;
  /** Sign-ins there after the restart: the acknowledged ones and some whose answer the kill cut off. */
  found: number;
  /** Acknowledged, but not there or with another number than was told. */
  lost: number;
  /** People with two open visits, or sequence numbers given twice. */
  doubled: number;
  /** Gestures without an answer that could not be sent again. */
  unrepeatable: number;
  repaired: boolean;
  /** What else is wrong, in words. */
  problems: string[];
}

interface SignIn {
  gestureId: string;
  personId: string;
}

/** Runs the rounds one after the other, each on a folder of its own. */
export async function* killRounds(rounds: number, people: number): AsyncGenerator<Round> {
  for (let round = 0; round < rounds; round++) {
    const folder = await mkdtemp(join(tmpdir(), 'muster-kill-'));
    try {
      yield await killRound(folder, people);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
}

async function killRound(folder: string, count: number): Promise<Round> {
  const data = join(folder, 'data');
  const activityId = await prepare(folder, data, count);
  const signIns = await everybody(data);

  const first = await serve(['--data', data]);
  const told = await signInUntilKilled(first, activityId, signIns);

  const second = await serve(['--data', data]);
  try {
    const visits = await visitsOf(second.address, activityId);
    const compared = compare(visits, told);
    const unanswered = signIns.filter(({ gestureId }) => !told.has(gestureId));
    const unrepeatable = await sendAgain(second.address, activityId, unanswered);
    const final = await visitsOf(second.address, activityId);
    const { recovery } = await resultOf<{ recovery: unknown[] }>(call(second.address, 'system.health', {}));
    const problems = missingPeople(final, signIns);
    const ended = await second.end('SIGTERM');
    if (ended.code !== 0) problems.push(`SIGTERM ended the server with ${ended.code ?? ended.signal}`);
    const verified = await muster(['verify', '--data', data]);
    if (verified.code !== 0) problems.push(`verify: ${verified.stderr}`);
    return {
      acknowledged: told.size,
      found: visits.length,
      ...compared,
      doubled: compared.doubled + doublesIn(final),
      unrepeatable,
      repaired: recovery.length > 0,
      problems,
    };
  } finally {
    second.child.kill('SIGKILL');
  }
}

/** Imports the people by CSV and saves an activity; gives back its id. */
async function prepare(folder: string, data: string, count: number): Promise<string> {
  const rows = Array.from({ length: count }, (_, n) => `员工${n},${n + 1},班组${n % 40},volunteer`);
  const file = join(folder, 'people.csv');
  await writeFile(file, ['name,staffNo,team,category', ...rows, ''].join('\n'));
  await musterOrThrow(['import', 'people', file, '--data', data]);
  const activity = {
    title: { en: 'Shift', zh: '班次' },
    place: { en: 'Gate', zh: '大门' },
    schedule: { kind: 'daily', start: '08:00', end: '20:00' },
    posts: [],
  };
  const input = JSON.stringify({ gestureId: 'prepare', activity });
  await musterOrThrow(['call', 'activities.save', input, '--data', data]);
  const listed = await musterOrThrow(['call', 'activities.list', '--data', data]);
  return (JSON.parse(listed) as { activities: ActivityView[] }).activities[0]!.activityId;
}

async function everybody(data: string): Promise<SignIn[]> {
  const found = await musterOrThrow(['call', 'people.find', '{"query":"","limit":100000}', '--data', data]);
  const { people } = JSON.parse(found) as { people: PersonView[] };
  return people.map(({ personId }) => ({ gestureId: `gesture-${personId}`, personId }));
}

async function musterOrThrow(args: string[]): Promise<string> {
  const { code, stdout, stderr } = await muster(args);
  if (code !== 0) throw new Error(`muster ${args.join(' ')}: ${stderr}`);
  return stdout;
}

/** What the kiosk acknowledged: gesture to answer. */
type Told = Map<string, { visitId: string; seq: number }>;

/** Signs in from many connections; the kill comes after a random share of the acknowledgements. */
async function signInUntilKilled(serving: Serving, activityId: string, signIns: SignIn[]): Promise<Told> {
  const told: Told = new Map();
  const killAfter = Math.floor(signIns.length * (0.05 + Math.random() * 0.85));
  const queue = [...signIns];
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  let killed: Promise<unknown> | undefined;
  const connection = async () => {
    // They go on calling until the way is cut, so that the kill comes in the middle of the rush.
    for (let next = queue.shift(); next; next = queue.shift()) {
      const answer = await call(serving.address, 'attendance.signIn', { activityId, ...next }, agent).catch(
        cut,
      );
      if (!answer) return;
      if (!answer.ok) throw new Error(answer.refusal.message.en);
      told.set(next.gestureId, answer.result as { visitId: string; seq: number });
      if (told.size >= killAfter) killed ??= killSoon(serving);
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, connection));
  await killed;
  agent.destroy();
  return told;
}

/** Lets a random part of a group commit pass, so that the kill meets every stage of it. */
async function killSoon(serving: Serving): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, Math.random() * 5));
  const { signal } = await serving.end('SIGKILL');
  if (signal !== 'SIGKILL') throw new Error('the server had ended before the kill');
}

/** A connection that the kill has cut. */
function cut(): undefined {
  return undefined;
}

/** Sends each gesture again that got no answer; gives back how many failed. */
async function sendAgain(address: string, activityId: string, unanswered: SignIn[]): Promise<number> {
  let failed = 0;
  const queue = [...unanswered];
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const connection = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const answer = await call(address, 'attendance.signIn', { activityId, ...next }, agent);
      if (!answer.ok) failed++;
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, connection));
  agent.destroy();
  return failed;
}

/** Acknowledged sign-ins that are not there as told, and doubles. */
export function compare(visits: VisitView[], told: Told): Pick<Round, 'lost' | 'doubled'> {
  const byId = new Map(visits.map((visit) => [visit.visitId, visit]));
  let lost = 0;
  for (const [gestureId, { visitId, seq }] of told) {
    const visit = byId.get(visitId);
    if (visit?.seq !== seq || gestureId !== `gesture-${visit.personId}` || visit.undoneAt) lost++;
  }
  return { lost, doubled: doublesIn(visits) };
}

function doublesIn(visits: VisitView[]): number {
  const people = new Set(visits.map(({ personId }) => personId)).size;
  const seqs = new Set(visits.map(({ seq }) => seq)).size;
  return visits.length - people + (visits.length - seqs);
}

function missingPeople(visits: VisitView[], signIns: SignIn[]): string[] {
  const here = new Set(visits.map(({ personId }) => personId));
  const missing = signIns.filter(({ personId }) => !here.has(personId)).length;
  return missing > 0 ? [`${missing} people are not signed in after sending again`] : [];
}

async function visitsOf(address: string, activityId: string): Promise<VisitView[]> {
  return (await resultOf<{ visits: VisitView[] }>(call(address, 'attendance.list', { activityId }))).visits;
}

async function resultOf<Result>(answer: Promise<Answer>): Promise<Result> {
  const given = await answer;
  if (!given.ok) throw new Error(given.refusal.message.en);
  return given.result as Result;
}

/** One call over HTTP. Rejects when the way is cut, so that nothing half counts as acknowledged. */
function call(address: string, operation: string, input: unknown, agent?: Agent): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const options = { method: 'POST', ...(agent && { agent }) };
    const sent = request(`${address}/api/${operation}`, options, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => (text += part));
      response.on('error', reject);
      response.on('end', () => {
        if (!response.complete) return reject(new Error('the answer was cut'));
        resolve(JSON.parse(text) as Answer);
      });
    });
    sent.on('error', reject);
    sent.end(JSON.stringify(input));
  });
}

/** Is there nothing to complain of? */
export function isGood({ lost, doubled, unrepeatable, problems }: Round): boolean {
  return lost === 0 && doubled === 0 && unrepeatable === 0 && problems.length === 0;
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { rounds: { type: 'string' }, people: { type: 'string' } } });
  const [rounds, people] = [Number(values.rounds ?? 10), Number(values.people ?? 3000)];
  let n = 0;
  const total = { acknowledged: 0, found: 0, lost: 0, doubled: 0, bad: 0, repaired: 0 };
  for await (const round of killRounds(rounds, people)) {
    const { acknowledged, found, lost, doubled, unrepeatable, repaired, problems } = round;
    console.log(
      `round ${++n}: ${acknowledged} acknowledged, ${found} found, ${lost} lost, ${doubled} doubled, ` +
        `${unrepeatable} not repeatable, torn tail ${repaired ? 'repaired' : 'none'}` +
        problems.map((problem) => `\n  ${problem}`).join(''),
    );
    total.acknowledged += acknowledged;
    total.found += found;
    total.lost += lost;
    total.doubled += doubled;
    if (repaired) total.repaired++;
    if (!isGood(round)) total.bad++;
  }
  console.log(
    `total: ${n} kills, ${total.acknowledged} acknowledged, ${total.found} found, ${total.lost} lost, ` +
      `${total.doubled} doubled, ${total.repaired} torn tails repaired, ${total.bad} bad rounds`,
  );
  process.exitCode = total.bad > 0 ? 1 : 0;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await main();

import { randomUUID } from 'node:crypto';
import type { Client } from '../api/client.ts';
import { Problem } from '../domain/problem.ts';
import { withClient } from './kiosk-access.ts';
import { progressLine, workOver } from './long-work.ts';
import { allowOnly, allowPinWithUrlOnly, ANYWHERE, required, type Options } from './options.ts';
import { say, type Outcome } from './output.ts';

/** `muster erase PERSON…`: takes people out of every file, each named by the staff number or the id. */
export async function erase(words: string[], options: Options): Promise<Outcome> {
  allowOnly(options, ANYWHERE);
  allowPinWithUrlOnly(options);
  required(words[0], 'PERSON');
  const line = progressLine(options);
  return withClient(options, async (client) => {
    const personIds: string[] = [];
    for (const word of words) personIds.push(await personIdOf(client, word));
    const { workId } = await client.call('upkeep.erase', { gestureId: randomUUID(), personIds });
    const { words: done, problems } = await workOver(client, workId, line.progress).finally(line.end);
    return {
      exitCode: 0,
      text: [say(done!), ...problems.map((problem) => `  ${say(problem)}`)].join('\n'),
      json: { erased: personIds, message: done, problems },
    };
  });
}

/** Who is meant: a staff number of the roster, or else an id, which somebody who has left still has. */
async function personIdOf(client: Client, word: string): Promise<string> {
  const { people } = await client.call('people.list', { query: word.slice(0, 64), limit: 500 });
  const meant = people.filter(({ staffNo, personId }) => staffNo === word || personId === word);
  if (meant.length === 1) return meant[0]!.personId;
  if (people.some(({ name }) => name === word)) throw nameGiven(word);
  return word;
}

function nameGiven(name: string): Problem {
  return new Problem('person-by-name', {
    en: `"${name}" is a name, and names can be shared. Please give the staff number or the id (muster call people.list '{"query":"…"}').`,
    zh: `“${name}”是姓名，可能有重名。请改用工号或编号（muster call people.list '{"query":"…"}'）。`,
  });
}

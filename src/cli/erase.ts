import { randomUUID } from 'node:crypto';
import type { Client } from '../api/client.ts';
import type { Bilingual } from '../domain/bilingual.ts';
import { Problem } from '../domain/problem.ts';
import { withClient } from './kiosk-access.ts';
import { progressLine, untilStopped, workOver } from './long-work.ts';
import { allowOnly, allowPinWithUrlOnly, ANYWHERE, required, type Options } from './options.ts';
import { say, type Outcome } from './output.ts';

/**
 * `muster erase PERSON… --yes`: takes people out of every file, each named by the staff number or the id. Without
 * `--yes` it only says who they are.
 */
export async function erase(words: string[], options: Options): Promise<Outcome> {
  allowOnly(options, [...ANYWHERE, 'yes']);
  allowPinWithUrlOnly(options);
  required(words[0], 'PERSON');
  const line = progressLine(options);
  // Once the command is asked to end nothing more begins; from when on there is work, that is stopped.
  return untilStopped((signal) =>
    withClient<Outcome>(options, async (client) => {
      const people: Meant[] = [];
      for (const word of words) people.push(await personMeant(client, word));
      const erased = people.map(({ personId }) => personId);
      if (!options.yes) return { exitCode: 1, text: say(asked(people)), json: { erased: [], asked: erased } };
      signal.throwIfAborted();
      const { workId } = await client.call('upkeep.erase', { gestureId: randomUUID(), personIds: erased });
      if (signal.aborted) await client.call('upkeep.cancel', { workId });
      const { words: done, problems } = await workOver(client, workId, line.progress).finally(line.end);
      return {
        exitCode: 0,
        text: [say(done!), ...problems.map((problem) => `  ${say(problem)}`)].join('\n'),
        json: { erased, message: done, problems },
      };
    }),
  ).catch(withAddress);
}

/** Somebody who is to be erased; no name where only the id is known. */
interface Meant {
  personId: string;
  name?: string;
}

/** Who is meant: a staff number of the roster, or else an id, which somebody who has left still has. */
async function personMeant(client: Client, word: string): Promise<Meant> {
  const { people } = await client.call('people.list', { query: word.slice(0, 64), limit: 500 });
  const meant = people.filter(({ staffNo, personId }) => staffNo === word || personId === word);
  if (meant.length === 1) return meant[0]!;
  if (people.some(({ name }) => name === word)) throw nameGiven(word);
  if (!/^([a-z0-9]{6}|sample)-/.test(word)) throw nobody(word);
  return { personId: word };
}

function asked(people: readonly Meant[]): Bilingual {
  const list = people.map(({ personId, name }) => (name ? `${name} (${personId})` : personId)).join(', ');
  return {
    en: `To be erased from every file: ${list}. Nothing brings them back, not even a backup. Nothing was done yet; if this is right, please repeat the command with --yes.`,
    zh: `将从所有文件中彻底删除：${list}。删除后无法找回，备份中也会清除。目前尚未执行；确认无误后请加上 --yes 重新运行。`,
  };
}

function nobody(word: string): Problem {
  return new Problem('person-unknown', {
    en: `Nobody on the roster has the staff number "${word}", so nobody was erased. Whoever has left it already is named by the id.`,
    zh: `名册中没有工号“${word}”，未删除任何人。已离开名册的人员请使用编号。`,
  });
}

function nameGiven(name: string): Problem {
  return new Problem('person-by-name', {
    en: `"${name}" is a name, and names can be shared. Please give the staff number or the id (muster call people.list '{"query":"…"}').`,
    zh: `“${name}”是姓名，可能有重名。请改用工号或编号（muster call people.list '{"query":"…"}'）。`,
  });
}

/** Who is to be erased is in the folder that is in use, and in no other. */
function withAddress(error: unknown): never {
  if (!(error instanceof Problem) || error.code !== 'store-in-use') throw error;
  throw new Problem(
    error.code,
    {
      en: 'The data folder is in use by a kiosk that runs. Please name its address with --url, and --pin, or close it first. Nobody was erased.',
      zh: '数据文件夹正被运行中的主机使用。请用 --url 指定其地址（并加 --pin），或先关闭它。未删除任何人。',
    },
    { cause: error },
  );
}

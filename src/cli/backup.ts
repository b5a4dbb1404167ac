import { resolve, win32 } from 'node:path';
import type { BackupView } from '../api/upkeep-api.ts';
import type { Bilingual } from '../domain/bilingual.ts';
import { findDataFolder, requireDataFolder } from '../kiosk/data-folder.ts';
import { openKiosk } from '../kiosk/open-kiosk.ts';
import { sizeWords } from '../kiosk/upkeep/size-words.ts';
import { host } from './host.ts';
import { withClient } from './kiosk-access.ts';
import { onStopAsked, pathThere, progressLine, workOver, type OnProgress } from './long-work.ts';
import { allowOnly, allowPinWithUrlOnly, allowWords, ANYWHERE, required, type Options } from './options.ts';
import { say, type Outcome } from './output.ts';

/** A backup that was made, wherever the kiosk is. */
interface Made extends Partial<Pick<BackupView, 'bytes' | 'lastSeq' | 'counts'>> {
  path: string;
  photos: boolean;
  words: Bilingual;
  problems: Bilingual[];
}

/** How often the kiosk in this process is asked how far it is, in milliseconds. */
const LOOK_EVERY = 250;

/** `muster backup FILE [--without-photos]`: everything in one file, which is checked before it gets its name. */
export async function backup(words: string[], options: Options): Promise<Outcome> {
  allowOnly(options, [...ANYWHERE, 'without-photos']);
  allowPinWithUrlOnly(options);
  allowWords(words, 1);
  const file = required(words[0], 'FILE');
  const line = progressLine(options);
  const made = await (options.url === undefined ? backUpHere : backUpThere)(
    file,
    options,
    line.progress,
  ).finally(line.end);
  const { words: done, problems, ...json } = made;
  return {
    exitCode: 0,
    text: [say(done), ...problems.map((problem) => `  ${say(problem)}`)].join('\n'),
    json: { ...json, problems },
  };
}

async function backUpHere(file: string, options: Options, progress: OnProgress): Promise<Made> {
  const folder = findDataFolder(options.data);
  requireDataFolder(folder);
  const kiosk = await openKiosk(folder, host);
  try {
    const { upkeep } = kiosk;
    const photos = !options['without-photos'];
    saySize(await upkeep.plan(photos), options);
    const { workId, result } = await upkeep.backUp({ target: resolve(file), photos });
    const listening = onStopAsked(() => upkeep.works.cancel(workId));
    const looking = setInterval(() => {
      const { done, total } = upkeep.works.current ?? { done: 0, total: null };
      if (total !== null) progress(done, total);
    }, LOOK_EVERY);
    const { path, bytes, manifest, words } = await result.finally(() => {
      clearInterval(looking);
      listening();
    });
    const { problems } = upkeep.works.ended[0]!;
    return { path, bytes, photos, lastSeq: manifest.lastSeq, counts: manifest.counts, words, problems };
  } finally {
    await kiosk.close();
  }
}

function backUpThere(file: string, options: Options, progress: OnProgress): Promise<Made> {
  const path = pathThere(file);
  const photos = !options['without-photos'];
  return withClient(options, async (client) => {
    saySize(await client.call('upkeep.plan', { photos }), options);
    const { workId } = await client.call('upkeep.backup', { path, photos });
    const { words, problems, path: written } = await workOver(client, workId, progress);
    const { backups } = await client.call('upkeep.backups', { folder: win32.dirname(written!) });
    // Under a name that does not end in .zip it is not among them; the words say its size all the same.
    const found = backups.find((one) => one.path === written);
    const more = found && { bytes: found.bytes, lastSeq: found.lastSeq, counts: found.counts };
    return { path: written!, photos, ...more, words: words!, problems };
  });
}

/** Before anything is written, so that whoever chose a small stick can still stop it. */
function saySize({ bytes, files }: { bytes: number; files: number }, { json }: Options): void {
  if (json) return;
  const size = sizeWords(bytes);
  console.error(
    say({ en: `To back up: ${size} in ${files} files.`, zh: `待备份：${files} 个文件，共 ${size}。` }),
  );
}

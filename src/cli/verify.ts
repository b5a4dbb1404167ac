import { findDataFolder, requireDataFolder } from '../kiosk/data-folder.ts';
import { verifyKiosk } from '../kiosk/verify-kiosk.ts';
import { allowOnly, allowWords, type Options } from './options.ts';
import { say, type Outcome } from './output.ts';

/** `muster verify`: every checksum, every photo, counts. Exit code 1 when anything is wrong. */
export async function verify(words: string[], options: Options): Promise<Outcome> {
  allowWords(words, 0);
  allowOnly(options, []);
  const folder = findDataFolder(options.data);
  requireDataFolder(folder);
  const found = await verifyKiosk(folder);
  const { ok, events, snapshots, people, visits, photos, problems } = found;
  const isRead = photos !== undefined;
  const counted = say({
    en: `${ok ? 'All is well' : 'Something is wrong'}: ${events} events, ${snapshots} snapshots${isRead ? `, ${people} people, ${visits} visits, ${photos} photos` : ''}.`,
    zh: `${ok ? '一切正常' : '发现问题'}：事件 ${events}，快照 ${snapshots}${isRead ? `，人员 ${people}，签到 ${visits}，照片 ${photos}` : ''}。`,
  });
  const listed = problems.map((problem) => `  ${say(problem)}`);
  return { exitCode: ok ? 0 : 1, text: [counted, ...listed].join('\n'), json: found };
}

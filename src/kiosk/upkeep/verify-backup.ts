import { checkBackup } from '../../backup/check-backup.ts';
import type { BackupManifest } from '../../backup/manifest.ts';
import type { Bilingual } from '../../domain/bilingual.ts';
import { minuteOf } from './stamps.ts';
import type { CheckTelling } from './verify-photos-of.ts';

/** Checks every file in a backup. @throws Problem as `checkBackup`. */
export async function verifyBackup(
  path: string,
  { signal, progress }: CheckTelling,
): Promise<{ words: Bilingual; manifest: BackupManifest }> {
  const manifest = await checkBackup(path, { signal, onProgress: progress });
  const { gate, madeAt, counts, photos } = manifest;
  const [en, zh] = photos ? [`${counts.photos} photos`, `照片 ${counts.photos}`] : ['no photos', '不含照片'];
  const at = minuteOf(madeAt);
  return {
    manifest,
    words: {
      en: `All is well: a backup of kiosk ${gate} from ${at}: ${counts.people} people, ${counts.visits} visits, ${en}.`,
      zh: `一切正常：主机 ${gate} 于 ${at} 的备份：人员 ${counts.people}，签到 ${counts.visits}，${zh}。`,
    },
  };
}

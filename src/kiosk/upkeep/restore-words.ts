import type { BackupManifest } from '../../backup/manifest.ts';
import type { Bilingual } from '../../domain/bilingual.ts';
import { Problem } from '../../domain/problem.ts';
import { minuteOf } from './stamps.ts';

/** A backup of another kiosk; `present` is the id of this one. */
export function ofAnotherKiosk(path: string, { gate, kioskName }: BackupManifest, present: string): Problem {
  return new Problem('backup-of-another-kiosk', {
    en: `${path} is a backup of another kiosk ("${kioskName.en}", ${gate}); this one is ${present}. Nothing was changed. To look into it, please restore it into an empty folder: muster restore FILE --data NEWFOLDER`,
    zh: `${path} 是另一台主机（“${kioskName.zh}”，${gate}）的备份，本机为 ${present}。未做任何改动。如需查看，请恢复到空文件夹：muster restore FILE --data NEWFOLDER`,
  });
}

/** The store of the backup is in its place, and the disk does not let it be read. */
export function notOpened(cause: unknown): Problem {
  return new Problem(
    'restored-not-opened',
    {
      en: 'The backup is restored, but the disk failed when the kiosk opened it. Please choose "Try again" in the office under "Health", or start the kiosk again.',
      zh: '备份已恢复，但主机打开数据时磁盘出错。请在管理页面“运行状况”中选择“重试”，或重新启动主机。',
    },
    { cause },
  );
}

/** What was restored, and where the store is kept that was there before. */
export function restoredWords({ madeAt, counts }: BackupManifest, kept: string | null): Bilingual {
  const { people, visits, photos } = counts;
  const at = minuteOf(madeAt);
  return {
    en: `The data of ${at} are restored: ${people} people, ${visits} visits, ${photos} photos.${keptEn(kept)}`,
    zh: `已恢复 ${at} 的数据：人员 ${people}，签到 ${visits}，照片 ${photos}。${keptZh(kept)}`,
  };
}

function keptEn(kept: string | null): string {
  return kept === null ? '' : ` What was here before is kept in ${kept}.`;
}

function keptZh(kept: string | null): string {
  return kept === null ? '' : `此前的数据保留在 ${kept}。`;
}

/** Nobody knows who was erased since. */
export const erasedUnknown: Bilingual = {
  en: 'The store that was here could not be read: whoever was erased after this backup was made is in it again. Please erase them again.',
  zh: '此前的数据无法读取：在此备份之后被删除的人员会重新出现，请再次删除。',
};

/** Files of photos that are nowhere. */
export function photosLacking(count: number): Bilingual {
  return {
    en: `${count} files of photos are neither in the backup nor on this disk; a check names them. Please restore a backup with photos, or import them again.`,
    zh: `有 ${count} 个照片文件既不在备份中，也不在本机磁盘上；运行检查可查看明细。请恢复含照片的备份，或重新导入。`,
  };
}

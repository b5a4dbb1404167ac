import { readFile } from 'node:fs/promises';

/** Where Linux desktops and their administrators plug in what comes and goes. */
const ABOVE = ['/media/', '/run/media/', '/mnt/'];
/** Disks of other machines: one that does not answer would keep everybody waiting. `MUSTER_PLACES` names such a share. */
const REMOTE = /^(autofs|nfs|cifs|smb|ceph|9p|fuse\.(sshfs|rclone|gvfs))/;

/** What is plugged in on Linux: folders that are disks of their own. */
export async function mountPoints(): Promise<string[]> {
  return mountPointsIn(await readFile('/proc/mounts', 'utf8'));
}

/** The same from the text of /proc/mounts. */
export function mountPointsIn(mounts: string): string[] {
  return mounts
    .split('\n')
    .map((line) => line.split(' '))
    .filter(
      ([, path, type]) => ABOVE.some((above) => `${path}/`.startsWith(above)) && !REMOTE.test(type ?? ''),
    )
    .map(([, path]) => plain(path!));
}

/** Spaces and other letters that would end a field stand there as octal numbers of their bytes. */
function plain(field: string): string {
  return field.replaceAll(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(parseInt(octal, 8)));
}

/** The name of a backup made at a local time: "muster-5un844-20261122-213000.zip". */
export function backupName(gate: string, at: string): string {
  return `muster-${gate}-${stampOf(at)}.zip`;
}

/** A local time as part of a file's name: "20261122-213000". */
export function stampOf(at: string): string {
  return at.slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-');
}

/** A local time for people: "2026-11-22 21:30". */
export function minuteOf(at: string): string {
  return at.slice(0, 16).replace('T', ' ');
}

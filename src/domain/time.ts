/*
 * Times are ISO 8601 strings with milliseconds and offset ("2026-11-22T18:03:21.123+08:00"), so that the
 * local date and the offset at which something happened are never lost (DESIGN.md section 5).
 */

const ISO = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}:\d{2}\.\d{3}([+-]\d{2}:\d{2})$/;

/** The local date, "YYYY-MM-DD", of an ISO time with offset: in UTC+8 before 08:00 it is today, not UTC's yesterday. */
export function localDateOf(at: string): string {
  return parts(at)[0];
}

/** The ISO time of a local clock time "HH:MM" on `date`, with the offset of `offsetSource`. */
export function isoAt(date: string, clock: string, offsetSource: string): string {
  return `${date}T${clock}:00.000${parts(offsetSource)[1]}`;
}

/** The moment `at`, moved by a number of minutes, written with its own offset. */
export function addMinutes(at: string, minutes: number): string {
  return isoFromEpoch(Date.parse(at) + minutes * 60_000, parts(at)[1]);
}

/** The moment `at`, moved by a number of milliseconds, written with its own offset. */
export function addMs(at: string, ms: number): string {
  return isoFromEpoch(Date.parse(at) + ms, parts(at)[1]);
}

/** The midnight that began the local day of `at`, written with its offset: what is left of a time of which only the date is kept. */
export function midnightOf(at: string): string {
  return isoAt(localDateOf(at), '00:00', at);
}

/** The moment `at`, written with the offset of `offsetSource`. */
export function isoWithOffsetOf(at: string, offsetSource: string): string {
  return isoFromEpoch(Date.parse(at), parts(offsetSource)[1]);
}

/** Milliseconds since 1970 as an ISO time with the given offset ("+08:00"). */
export function isoFromEpoch(epoch: number, offset: string): string {
  const sign = offset.startsWith('-') ? -1 : 1;
  const minutes = Number(offset.slice(1, 3)) * 60 + Number(offset.slice(4, 6));
  const shifted = new Date(epoch + sign * minutes * 60_000);
  return shifted.toISOString().replace('Z', offset);
}

function parts(at: string): [date: string, offset: string] {
  const match = ISO.exec(at);
  if (!match?.[1] || !match[2]) throw new RangeError(`not an ISO time with milliseconds and offset: ${at}`);
  return [match[1], match[2]];
}

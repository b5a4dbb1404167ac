import { readTiff, type TiffReader, type TiffValue } from './tiff-entries.ts';

const EXIF_DIRECTORY = 0x8769;
const GPS_DIRECTORY = 0x8825;
const TAKEN = 0x9003;
const DIGITISED = 0x9004;
const OFFSET_TAKEN = 0x9011;
const OFFSET_DIGITISED = 0x9012;
const OFFSET = 0x9010;
const GPS_TIME = 0x0007;
const GPS_DATE = 0x001d;

/** Before there were photographs in files, nothing was taken; a camera whose clock was never set says 1980 or so. */
const EARLIEST = Date.parse('1990-01-01T00:00:00Z');
const DAY = 24 * 60 * 60 * 1000;
const QUARTER = 15 * 60 * 1000;

/**
 * When a photo was taken, as its EXIF says: local time, "2026-11-22T18:03:21+08:00", without the offset where nothing tells
 * it. A missing offset is worked out from the time in UTC that satellites gave. Undefined where there is no such time, or
 * none that can be true at `now`.
 */
export function captureTime(exif: Buffer | undefined, now: Date): string | undefined {
  const tiff = exif && readTiff(withoutHead(exif));
  if (!tiff) return undefined;
  const first = tiff.entriesAt(tiff.first, [EXIF_DIRECTORY, GPS_DIRECTORY]);
  const taken = tiff.entriesAt(pointerIn(first, EXIF_DIRECTORY), [
    TAKEN,
    DIGITISED,
    OFFSET_TAKEN,
    OFFSET_DIGITISED,
    OFFSET,
  ]);
  const [tag, ownOffset] = taken.has(TAKEN) ? [TAKEN, OFFSET_TAKEN] : [DIGITISED, OFFSET_DIGITISED];
  const local = localTime(taken.get(tag));
  if (local === undefined || !canBeTrue(local, now)) return undefined;
  const offset = offsetOf(taken.get(ownOffset)) ?? offsetOf(taken.get(OFFSET));
  return local + (offset ?? offsetBySatellite(local, tiff, pointerIn(first, GPS_DIRECTORY)) ?? '');
}

function withoutHead(exif: Buffer): Buffer {
  return exif.toString('latin1', 0, 6) === 'Exif\0\0' ? exif.subarray(6) : exif;
}

function pointerIn(entries: Map<number, TiffValue>, tag: number): number {
  const value = entries.get(tag);
  return Array.isArray(value) ? value[0]! : 0;
}

/** "2026:11:22 18:03:21" as "2026-11-22T18:03:21"; undefined where it is no time of any day. */
function localTime(value: TiffValue | undefined): string | undefined {
  if (typeof value !== 'string') return undefined;
  const parts = /^(\d{4})[:\-/.](\d\d)[:\-/.](\d\d)[ T](\d\d):(\d\d):(\d\d)/.exec(value);
  if (!parts) return undefined;
  const [, year, month, day, hour, minute, second] = parts;
  const local = `${year}-${month}-${day}T${hour}:${minute}:${second}`;
  // 31 February would roll over into March.
  const date = new Date(`${local}Z`);
  return !Number.isNaN(date.valueOf()) && date.toISOString().startsWith(local) ? local : undefined;
}

/** A camera that is still on the time of another zone may be ahead by less than a day. */
function canBeTrue(local: string, now: Date): boolean {
  const time = Date.parse(`${local}Z`);
  return time >= EARLIEST && time <= now.valueOf() + DAY;
}

function offsetOf(value: TiffValue | undefined): string | undefined {
  if (typeof value !== 'string') return undefined;
  const parts = /^([+-])(\d\d):?(\d\d)/.exec(value.trim());
  if (!parts) return /^Z\0*$/.test(value.trim()) ? '+00:00' : undefined;
  const [, sign, hours, minutes] = parts;
  const fits = Number(hours) <= 14 && Number(minutes) < 60;
  return fits ? `${sign}${hours}:${minutes}` : undefined;
}

/** The offset that lies between local time and the satellites' UTC, to the quarter of an hour that zones keep. */
function offsetBySatellite(local: string, tiff: TiffReader, directory: number): string | undefined {
  const gps = tiff.entriesAt(directory, [GPS_TIME, GPS_DATE]);
  const [date, time] = [gps.get(GPS_DATE), gps.get(GPS_TIME)];
  if (typeof date !== 'string' || !Array.isArray(time) || time.length !== 3) return undefined;
  const day = Date.parse(`${date.slice(0, 10).replaceAll(':', '-')}T00:00:00Z`);
  const utc = day + (time[0]! * 3600 + time[1]! * 60 + time[2]!) * 1000;
  const between = Date.parse(`${local}Z`) - utc;
  const offset = Math.round(between / QUARTER) * QUARTER;
  // A fix may be some minutes old; one that is older says nothing of the zone.
  if (!(Math.abs(between - offset) <= QUARTER / 3) || Math.abs(offset) > 14 * 60 * 60 * 1000)
    return undefined;
  const minutes = Math.abs(offset) / 60_000;
  const two = (number: number) => String(number).padStart(2, '0');
  return `${offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

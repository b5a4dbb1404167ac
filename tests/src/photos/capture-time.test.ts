import sharp, { type Exif } from 'sharp';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { captureTime } from '../../../src/photos/capture-time.ts';
import { plainPicture } from '../../support/pictures.ts';

const NOW = new Date('2026-11-23T12:00:00Z');
const TAKEN = { DateTimeOriginal: '2026:11:22 18:03:21' };

/** What libvips gives of a photo whose EXIF says so. */
async function exifOf(exif: Exif): Promise<Buffer> {
  const bytes = await plainPicture(20, 20).jpeg().withExif(exif).toBuffer();
  return (await sharp(bytes).metadata()).exif!;
}

const satellites = (date: string, time: string) => ({ GPSDateStamp: date, GPSTimeStamp: time });

describe('when a photo was taken', () => {
  test.each<[string, string | undefined, Exif]>([
    [
      'the camera says the offset',
      '2026-11-22T18:03:21+08:00',
      { IFD2: { ...TAKEN, OffsetTimeOriginal: '+08:00' } },
    ],
    ['nothing tells the offset', '2026-11-22T18:03:21', { IFD2: TAKEN }],
    [
      'satellites tell the offset',
      '2026-11-22T18:03:21+08:00',
      { IFD2: TAKEN, IFD3: satellites('2026:11:22', '10/1 3/1 20/1') },
    ],
    [
      'satellites tell an offset of three quarters',
      '2026-11-22T18:03:21+05:45',
      { IFD2: TAKEN, IFD3: satellites('2026:11:22', '12/1 18/1 0/1') },
    ],
    [
      'satellites were on the day before',
      '2026-11-22T18:03:21-11:00',
      { IFD2: TAKEN, IFD3: satellites('2026:11:23', '5/1 3/1 21/1') },
    ],
    [
      'the fix is hours old, and fits no zone',
      '2026-11-22T18:03:21',
      { IFD2: TAKEN, IFD3: satellites('2026:11:22', '9/1 55/1 0/1') },
    ],
    [
      'satellites were seen on another day',
      '2026-11-22T18:03:21',
      { IFD2: TAKEN, IFD3: satellites('2026:11:20', '10/1 3/1 20/1') },
    ],
    [
      'satellites tell a fraction of nothing',
      '2026-11-22T18:03:21',
      { IFD2: TAKEN, IFD3: satellites('2026:11:22', '10/0 3/0 20/0') },
    ],
    ['the offset is nonsense', '2026-11-22T18:03:21', { IFD2: { ...TAKEN, OffsetTimeOriginal: '+99:99' } }],
    [
      'only the scanner said a time',
      '2026-11-22T18:03:21',
      { IFD2: { DateTimeDigitized: '2026:11:22 18:03:21' } },
    ],
    ['only who edited it said a time', undefined, { IFD0: { DateTime: '2026:11:22 18:03:21' } }],
    ['zeros', undefined, { IFD2: { DateTimeOriginal: '0000:00:00 00:00:00' } }],
    ['a day that is not', undefined, { IFD2: { DateTimeOriginal: '2026:02:31 10:00:00' } }],
    ['words', undefined, { IFD2: { DateTimeOriginal: 'yesterday evening !' } }],
    ['the far future', undefined, { IFD2: { DateTimeOriginal: '2036:11:22 18:03:21' } }],
    ['a clock that was never set', undefined, { IFD2: { DateTimeOriginal: '1980:01:01 00:00:00' } }],
    [
      'a zone that is ahead of ours',
      '2026-11-24T02:00:00+14:00',
      { IFD2: { DateTimeOriginal: '2026:11:24 02:00:00', OffsetTimeOriginal: '+14:00' } },
    ],
  ])('%s', async (_what, takenAt, exif) => {
    expect(captureTime(await exifOf(exif), NOW)).toBe(takenAt);
  });

  test('of a photo without EXIF nobody knows', () => {
    expect(captureTime(undefined, NOW)).toBeUndefined();
    expect(captureTime(Buffer.alloc(0), NOW)).toBeUndefined();
  });

  test('whatever bytes are there, it ends, and gives a time or none', async () => {
    const whole = await exifOf({
      IFD2: { ...TAKEN, OffsetTimeOriginal: '+08:00' },
      IFD3: satellites('2026:11:22', '10/1 3/1 20/1'),
    });
    const isTime = (bytes: Buffer) =>
      expect(captureTime(bytes, NOW) ?? '2026-11-22T18:03:21').toMatch(
        /^\d{4}-\d\d-\d\dT[\d:]{8}([+-]\d\d:\d\d)?$/,
      );
    for (let length = 0; length < whole.length; length++) isTime(whole.subarray(0, length));
    const change = fc.tuple(fc.nat(whole.length - 1), fc.nat(255));
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 6 }), (changes) => {
        const bytes = Buffer.from(whole);
        for (const [at, value] of changes) bytes[at] = value;
        isTime(bytes);
      }),
      { numRuns: 2000 },
    );
  });

  test('directories that point at each other, or at themselves, lead nowhere', () => {
    const loop = Buffer.alloc(64);
    loop.write('II*\0', 'latin1');
    loop.writeUInt32LE(8, 4);
    loop.writeUInt16LE(2, 8);
    for (const [n, tag] of [0x8769, 0x8825].entries()) {
      loop.writeUInt16LE(tag, 10 + n * 12);
      loop.writeUInt16LE(4, 12 + n * 12);
      loop.writeUInt32LE(1, 14 + n * 12);
      loop.writeUInt32LE(8, 18 + n * 12);
    }
    expect(captureTime(loop, NOW)).toBeUndefined();
  });
});

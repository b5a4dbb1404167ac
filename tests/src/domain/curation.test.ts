import { beforeEach, describe, expect, test } from 'vitest';
import { burstsOf } from '../../../src/domain/bursts.ts';
import type { Command } from '../../../src/domain/command.ts';
import { PUT_BACK_SECONDS } from '../../../src/domain/decide-curation.ts';
import { mayBeSeen, turnPoint, TURNS, type NewPhoto, type Photo } from '../../../src/domain/photo.ts';
import { restoreRecord, snapshotRecords } from '../../../src/domain/snapshot.ts';
import { emptyState } from '../../../src/domain/state.ts';
import { Day } from './day.ts';

let day: Day;

beforeEach(() => void (day = new Day()));

function add(photoId: string, more: Partial<NewPhoto> = {}): Photo {
  const photo = { photoId, width: 400, height: 300, fileName: `${photoId}.jpg`, ...more };
  day.ask({ type: 'add-photos', albumName: '2026', photos: [photo] });
  return photoOf(photoId);
}

function photoOf(photoId: string): Photo {
  return day.state.photos.get(photoId)!;
}

function isSeen(photoId: string): boolean {
  const photo = photoOf(photoId);
  return mayBeSeen(photo, day.state.albums.get(photo.albumId), day.at);
}

describe('somebody does not want to be seen', () => {
  const takeDown = (id = 'down') =>
    day.ask({ type: 'take-photo-down', photoId: 'a' }, { gesture: { id, fingerprint: id } });
  const putBack = (takenDownBy = 'down') => ({ type: 'put-photo-back', photoId: 'a', takenDownBy }) as const;

  test('taken down at a screen it is hidden at once, staff see when, and a second thought puts it back', () => {
    const before = add('a');
    takeDown();
    expect(photoOf('a')).toEqual({ ...before, hidden: true, takenDown: { at: day.at, gestureId: 'down' } });
    expect(isSeen('a')).toBe(false);
    day.wait(PUT_BACK_SECONDS);
    day.ask(putBack());
    expect(photoOf('a')).toEqual(before);
  });

  test('nobody puts back what another took down, or staff hid, or too late', () => {
    add('a');
    takeDown();
    expect(day.refusal(putBack('other'))).toEqual({ code: 'not-taken-down' });
    day.wait(PUT_BACK_SECONDS + 1);
    expect(day.refusal(putBack())).toEqual({ code: 'put-back-too-late', seconds: PUT_BACK_SECONDS });
    day.ask({ type: 'hide-photo', photoId: 'a', hidden: false }, { role: 'editor' });
    day.ask({ type: 'hide-photo', photoId: 'a', hidden: true }, { role: 'editor' });
    expect(day.refusal(putBack())).toEqual({ code: 'not-taken-down' });
  });

  test('a photo that is hidden already stays as it is', () => {
    add('a');
    day.ask({ type: 'hide-photo', photoId: 'a', hidden: true }, { role: 'editor' });
    expect(takeDown().event).toBeUndefined();
    expect(photoOf('a').takenDown).toBeUndefined();
  });
});

describe('a waiting room', () => {
  test('new photos are seen only after a yes, the sample and earlier ones at once', () => {
    add('early');
    day.ask({ type: 'change-settings', settings: { photosWait: true } });
    add('new');
    const photos = [{ photoId: 'sample', width: 4, height: 3, fileName: 's.jpg' }];
    day.ask({ type: 'add-photos', albumName: 'Sample', photos, sample: true });
    expect(['early', 'new', 'sample'].map(isSeen)).toEqual([true, false, true]);
    expect(day.ask({ type: 'accept-photos', photoIds: ['new', 'early', 'new'] }).answer).toEqual({
      accepted: 1,
    });
    expect(isSeen('new')).toBe(true);
    expect(day.ask({ type: 'accept-photos', photoIds: ['new'] }).event).toBeUndefined();
  });
});

describe('an album that is kept for a ceremony', () => {
  test('nobody sees it before its moment, whatever offset the moment is written with', () => {
    const { albumId } = add('a');
    day.ask({ type: 'reveal-album', albumId, revealAt: '2026-11-22T11:00:00.000+00:00' });
    expect(isSeen('a')).toBe(false);
    day.wait(3600);
    expect(isSeen('a')).toBe(true);
  });

  test('taken away, the moment hides nothing, and a new import keeps it', () => {
    const { albumId } = add('a');
    const revealAt = '2027-01-01T00:00:00.000+08:00';
    day.ask({ type: 'reveal-album', albumId, revealAt });
    add('b');
    expect(['a', 'b'].map(isSeen)).toEqual([false, false]);
    day.ask({ type: 'rename-album', albumId, name: 'New' });
    expect(day.state.albums.get(albumId)).toMatchObject({ name: 'New', revealAt });
    day.ask({ type: 'reveal-album', albumId, revealAt: null });
    expect(['a', 'b'].map(isSeen)).toEqual([true, true]);
    expect(day.refusal({ type: 'reveal-album', albumId: 'x', revealAt })).toEqual({ code: 'album-unknown' });
  });
});

describe('what staff say of a photo', () => {
  test('is changed one by one, and taken away again', () => {
    const before = add('a', { focus: { x: 0.5, y: 0.4, by: 'attention' } });
    const caption = { en: 'Welding post', zh: '焊接岗' };
    day.ask({ type: 'describe-photo', photoId: 'a', caption });
    day.ask({ type: 'describe-photo', photoId: 'a', favourite: true, focus: { x: 0.1, y: 0.2 } });
    expect(photoOf('a')).toEqual({ ...before, caption, favourite: true, focusByHand: { x: 0.1, y: 0.2 } });
    day.ask({ type: 'describe-photo', photoId: 'a', caption: null, favourite: false, focus: null });
    expect(photoOf('a')).toEqual(before);
  });
});

describe('a photo that lies on its side', () => {
  test('is turned with what a crop must keep, and stands as before after four quarters', () => {
    const before = add('a', { focus: { x: 0.25, y: 0.125, by: 'faces' }, thumbhash: 'upright' });
    day.ask({ type: 'describe-photo', photoId: 'a', focus: { x: 1, y: 0 } });
    day.ask({ type: 'turn-photo', photoId: 'a', turned: 90, thumbhash: 'lying' });
    expect(photoOf('a')).toMatchObject({
      turned: 90,
      width: 300,
      height: 400,
      thumbhash: 'lying',
      focus: { x: 0.875, y: 0.25, by: 'faces' },
      focusByHand: { x: 1, y: 1 },
    });
    day.ask({ type: 'turn-photo', photoId: 'a', turned: 0, thumbhash: 'upright' });
    expect(photoOf('a')).toEqual({ ...before, focusByHand: { x: 1, y: 0 } });
  });

  test('a point goes round with the picture', () => {
    const corner = { x: 0, y: 0 };
    expect(TURNS.map((degrees) => turnPoint(corner, degrees))).toEqual([
      { x: 0, y: 0 },
      { x: 1, y: 0 },
      { x: 1, y: 1 },
      { x: 0, y: 1 },
    ]);
  });
});

describe('a deleted photo', () => {
  test('does not come back with the next import of the same folder until it is readmitted', () => {
    add('a');
    expect(day.ask({ type: 'delete-photos', photoIds: ['a', 'a'] }).answer).toEqual({ deleted: 1 });
    expect([...day.state.deletedPhotos.values()]).toEqual([{ photoId: 'a', fileName: 'a.jpg', at: day.at }]);
    expect(add('a')).toBeUndefined();
    expect(day.ask({ type: 'delete-photos', photoIds: ['a'] }).event).toBeUndefined();
    expect(day.ask({ type: 'readmit-photos', photoIds: ['a', 'b'] }).answer).toEqual({ readmitted: 1 });
    expect(add('a')).toBeDefined();
  });

  test('is remembered over a snapshot', () => {
    add('a');
    day.ask({ type: 'delete-photos', photoIds: ['a'] });
    const restored = emptyState();
    for (const record of snapshotRecords(day.state)) restoreRecord(restored, record);
    expect(restored.deletedPhotos).toEqual(day.state.deletedPhotos);
  });
});

test('what is not there is refused by every way to change it', () => {
  const commands: Command[] = [
    { type: 'take-photo-down', photoId: 'x' },
    { type: 'put-photo-back', photoId: 'x', takenDownBy: 'y' },
    { type: 'accept-photos', photoIds: ['x'] },
    { type: 'describe-photo', photoId: 'x', favourite: true },
    { type: 'turn-photo', photoId: 'x', turned: 90, thumbhash: '' },
    { type: 'delete-photos', photoIds: ['x'] },
  ];
  for (const command of commands) {
    expect([command.type, day.refusal(command)]).toEqual([command.type, { code: 'photo-unknown' }]);
  }
});

test('photos taken in one go are one burst; others, and those of unknown times, are in none', () => {
  const taken = (second: string, photoId: string, albumId = 'x') =>
    ({
      photoId,
      albumId,
      width: 4,
      height: 3,
      fileName: '',
      takenAt: `2026-11-22T18:00:${second}+08:00`,
    }) as const;
  const { takenAt: _, ...undated } = taken('00', 'undated');
  const photos = [
    taken('05', 'c'),
    taken('00', 'a'),
    taken('02', 'b'),
    taken('04', 'b2'),
    taken('30', 'alone'),
    taken('01', 'other', 'y'),
    undated,
  ];
  expect(Object.fromEntries(burstsOf(photos))).toEqual({ a: 'a', b: 'a', b2: 'a', c: 'a' });
});

import { expect, test } from 'vitest';
import { Day } from './day.ts';

const title = { en: 'Meeting', zh: '会议' };

function dayWithAlbum() {
  const day = new Day();
  const photos = ['a', 'b'].map((photoId) => ({ photoId, width: 4, height: 3, fileName: `${photoId}.jpg` }));
  const { albumId } = day.ask<{ albumId: string }>({ type: 'add-photos', albumName: '2025', photos }).answer;
  const text = { en: 'Safety first', zh: '安全第一' };
  const { sloganId } = day.ask<{ sloganId: string }>({ type: 'save-slogan', slogan: { text } }).answer;
  return { day, albumId, sloganId };
}

test('a show is saved with an id, changed in its place, and removed once', () => {
  const { day, albumId, sloganId } = dayWithAlbum();
  const draft = {
    title,
    items: [
      { kind: 'album' as const, albumId },
      { kind: 'slogan' as const, sloganId },
    ],
    secondsPerSlide: 8,
  };
  const { showId } = day.ask<{ showId: string }>({ type: 'save-show', show: draft }).answer;
  day.ask({ type: 'save-show', show: { ...draft, showId, secondsPerSlide: 20 } });
  expect([...day.state.shows.values()]).toEqual([{ ...draft, showId, secondsPerSlide: 20 }]);
  day.ask({ type: 'remove-show', showId });
  expect(day.state.shows.size).toBe(0);
  expect(day.refusal({ type: 'remove-show', showId })).toEqual({ code: 'show-unknown' });
});

test('a show is not saved with what does not exist, nor over one that does not', () => {
  const { day } = dayWithAlbum();
  const show = { title, items: [], secondsPerSlide: 8 };
  const refusal = (more: object) => day.refusal({ type: 'save-show', show: { ...show, ...more } });
  expect(refusal({ items: [{ kind: 'album', albumId: 'x' }] })).toEqual({ code: 'album-unknown' });
  expect(refusal({ items: [{ kind: 'slogan', sloganId: 'x' }] })).toEqual({ code: 'slogan-unknown' });
  expect(refusal({ showId: 'x' })).toEqual({ code: 'show-unknown' });
  expect(day.state.shows.size).toBe(0);
});

test('a slogan that was taken down stays down', () => {
  const { day, sloganId } = dayWithAlbum();
  day.ask({ type: 'remove-slogan', sloganId });
  expect(day.state.slogans.size).toBe(0);
  expect(day.refusal({ type: 'remove-slogan', sloganId })).toEqual({ code: 'slogan-unknown' });
});

test('photos move to an album that is there, each once, and what is there already is no change', () => {
  const { day, albumId } = dayWithAlbum();
  const other = { photoId: 'c', width: 4, height: 3, fileName: 'c.jpg' };
  const album = day.ask<{ albumId: string }>({
    type: 'add-photos',
    albumName: '2026',
    photos: [other],
  }).answer;
  const move = (to: string, ...photoIds: string[]) =>
    day.ask({ type: 'move-photos', albumId: to, photoIds }).answer;
  expect(move(album.albumId, 'a', 'a', 'c')).toEqual({ albumId: album.albumId, moved: 1 });
  expect(day.state.photos.get('a')).toMatchObject({ albumId: album.albumId, fileName: 'a.jpg' });
  expect(day.state.photos.get('b')).toMatchObject({ albumId });
  const events = day.events.length;
  expect(move(album.albumId, 'a')).toEqual({ albumId: album.albumId, moved: 0 });
  expect(day.events).toHaveLength(events);
  expect(day.refusal({ type: 'move-photos', albumId: 'x', photoIds: ['a'] })).toEqual({
    code: 'album-unknown',
  });
  expect(day.refusal({ type: 'move-photos', albumId, photoIds: ['a', 'x'] })).toEqual({
    code: 'photo-unknown',
  });
});

test('two albums never get one name, and the next import goes to the album of the new name', () => {
  const { day, albumId } = dayWithAlbum();
  const photo = (photoId: string) => ({ photoId, width: 4, height: 3, fileName: `${photoId}.jpg` });
  day.ask({ type: 'add-photos', albumName: '2026', photos: [photo('c')] });
  expect(day.refusal({ type: 'rename-album', albumId, name: '2026' })).toEqual({
    code: 'album-name-taken',
    name: '2026',
  });
  expect(day.refusal({ type: 'rename-album', albumId: 'x', name: '2024' })).toEqual({
    code: 'album-unknown',
  });
  day.ask({ type: 'rename-album', albumId, name: '2024' });
  expect(day.ask({ type: 'add-photos', albumName: '2024', photos: [photo('d')] }).answer).toEqual({
    albumId,
    added: 1,
  });
});

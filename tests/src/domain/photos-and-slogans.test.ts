import { expect, test } from 'vitest';
import type { Command } from '../../../src/domain/command.ts';
import { Day } from './day.ts';

function adding(albumName: string, ...ids: string[]): Command {
  const photos = ids.map((photoId) => ({ photoId, width: 4, height: 3, fileName: `${photoId}.jpg` }));
  return { type: 'add-photos', albumName, photos };
}

test('a photo that is there already is not added again, to whatever album', () => {
  const day = new Day();
  expect(day.ask(adding('2025', 'a', 'b')).answer).toMatchObject({ added: 2 });
  expect(day.ask(adding('2026', 'a', 'c')).answer).toMatchObject({ added: 1 });
  expect(day.ask(adding('2026', 'c'))).toMatchObject({ answer: { added: 0 }, event: undefined });
  expect(day.state.photos.size).toBe(3);
});

test('the same file twice in one import is one photo, and counted as one', () => {
  const day = new Day();
  expect(day.ask(adding('2025', 'a', 'a')).answer).toMatchObject({ added: 1 });
  expect(day.state.photos.size).toBe(1);
});

test('two imports of one album name fill one album', () => {
  const day = new Day();
  day.ask(adding('2025', 'a'));
  day.ask(adding('2025', 'b'));
  expect(day.state.albums.size).toBe(1);
});

test('a photo somebody objects to is hidden, and can be shown again as it was', () => {
  const day = new Day();
  day.ask(adding('2025', 'a'));
  const before = day.state.photos.get('a');
  day.ask({ type: 'hide-photo', photoId: 'a', hidden: true });
  expect(day.state.photos.get('a')).toEqual({ ...before, hidden: true });
  expect(day.ask({ type: 'hide-photo', photoId: 'a', hidden: true }).event).toBeUndefined();
  day.ask({ type: 'hide-photo', photoId: 'a', hidden: false });
  expect(day.state.photos.get('a')).toEqual(before);
});

test('an unknown photo or slogan is refused', () => {
  const day = new Day();
  expect(day.refusal({ type: 'hide-photo', photoId: 'x', hidden: true })).toEqual({ code: 'photo-unknown' });
  const slogan = { sloganId: 'x', text: { en: 'Safety first', zh: '安全第一' } };
  expect(day.refusal({ type: 'save-slogan', slogan })).toEqual({ code: 'slogan-unknown' });
});

test('one changed setting leaves the others as they were', () => {
  const day = new Day();
  const before = day.state.settings;
  day.ask({ type: 'change-settings', settings: { theme: 'calm' } });
  expect(day.state.settings).toEqual({ ...before, theme: 'calm' });
});

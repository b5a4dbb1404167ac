import { expect, test } from 'vitest';
import { emptyState } from '../../../src/domain/state.ts';
import { SAMPLE } from '../../../src/sample/volunteer-evening.ts';
import { Day } from './day.ts';

const [sampleActivity] = SAMPLE.activities;
const samplePersonId = SAMPLE.people[0]!.personId;

function dayWithSample(): Day {
  const day = new Day();
  day.ask({ type: 'add-sample', sample: SAMPLE });
  return day;
}

test('one step removes the sample with everything that was tried on it', () => {
  const day = dayWithSample();
  day.signIn(sampleActivity!.activityId, samplePersonId, 'welding');
  day.signIn(sampleActivity!.activityId, day.addPerson('Real'), 'welding');
  const photo = { photoId: 'p1', width: 4, height: 3, fileName: 'p1.jpg' };
  day.ask({ type: 'add-photos', albumName: 'Sample', photos: [photo], sample: true });
  day.ask({ type: 'remove-sample' });
  const { people, gestures, lastSeq, ...rest } = day.state;
  const { people: _, gestures: __, lastSeq: ___, ...empty } = emptyState();
  const removedPeople = new Set(SAMPLE.people.map(({ personId }) => personId));
  expect(rest).toEqual({ ...empty, removedPeople, sampleRemoved: true });
  expect([...people.values()].map(({ name }) => name)).toEqual(['Real']);
  // The two sign-ins' gestures went with them.
  expect([gestures.size, lastSeq]).toEqual([4, 6]);
});

test('a sample person who came to a real evening, or leads a post there, stays and is real from then on', () => {
  const day = dayWithSample();
  const [, leader] = SAMPLE.people;
  const { activityId } = day.addActivity({
    posts: [{ name: { en: 'Gate', zh: '大门' }, wanted: 1, leaderId: leader!.personId }],
  });
  day.signIn(activityId, samplePersonId);
  day.ask({ type: 'remove-sample' });
  expect([...day.state.people.keys()]).toEqual([samplePersonId, leader!.personId]);
  for (const person of day.state.people.values()) expect(person).not.toHaveProperty('sample');
});

test('an edited sample activity or slogan is still sample', () => {
  const day = dayWithSample();
  const { sample: _, ...draft } = sampleActivity!;
  day.ask({ type: 'save-activity', activity: { ...draft, title: { en: 'Mine', zh: '我的' } } });
  const sloganId = SAMPLE.slogans[0]!.sloganId;
  day.ask({ type: 'save-slogan', slogan: { sloganId, text: { en: 'Mine', zh: '我的' } } });
  day.ask({ type: 'remove-sample' });
  expect([day.state.activities.size, day.state.slogans.size]).toEqual([0, 0]);
});

test('a sample that is there is not added twice, one that is gone not removed twice', () => {
  const day = dayWithSample();
  expect(day.refusal({ type: 'add-sample', sample: SAMPLE })).toEqual({ code: 'sample-present' });
  day.ask({ type: 'remove-sample' });
  expect(day.refusal({ type: 'remove-sample' })).toEqual({ code: 'sample-absent' });
  expect(day.refusal({ type: 'add-sample', sample: SAMPLE })).toBeUndefined();
});

test('every sample person, leader and post fits together', () => {
  const ids = new Set(SAMPLE.people.map(({ personId }) => personId));
  const numbers = new Set(SAMPLE.people.map(({ staffNo }) => staffNo));
  expect([ids.size, numbers.size]).toEqual([SAMPLE.people.length, SAMPLE.people.length]);
  for (const { posts } of SAMPLE.activities) {
    for (const { leaderId } of posts) expect(ids).toContain(leaderId);
  }
});

test('photos of one’s own that were moved into the sample’s album keep it when the sample goes', () => {
  const day = dayWithSample();
  const photo = (photoId: string) => ({ photoId, width: 3, height: 2, fileName: `${photoId}.jpg` });
  const { albumId } = day.ask<{ albumId: string }>({
    type: 'add-photos',
    albumName: 'Sample',
    photos: [photo('drawn')],
    sample: true,
  }).answer;
  day.ask({ type: 'add-photos', albumName: 'Own', photos: [photo('own')] });
  day.ask({ type: 'move-photos', albumId, photoIds: ['own'] });
  day.ask({ type: 'remove-sample' });
  expect([...day.state.photos.keys()]).toEqual(['own']);
  expect(day.state.albums.get(albumId)).toEqual({ albumId, name: 'Sample' });
});

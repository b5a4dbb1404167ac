import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Answer, RefusalView } from '../../src/api/answer.ts';
import { createClient, type Transport } from '../../src/api/client.ts';
import { contract, type OperationName, type Topic } from '../../src/api/contract.ts';
import { roleAllows } from '../../src/domain/role.ts';
import { plainJpeg } from '../support/pictures.ts';
import { prepareEvening, type TestKiosk } from '../support/served-kiosk.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { until } from '../support/until.ts';

/** A transport with the role `screen`, and the kiosk behind it. */
export interface Opened {
  transport: Transport;
  behind: TestKiosk;
}

const ISO_WITH_MS_AND_OFFSET = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}[+-]\d{2}:\d{2}$/;
const isoTime = expect.stringMatching(ISO_WITH_MS_AND_OFFSET) as string;
const words = {
  en: expect.stringMatching(/\S/) as string,
  zh: expect.stringMatching(/\p{Script=Han}/u) as string,
};

/** Every operation that needs more than the role `screen`. */
const STAFF_ONLY = (Object.keys(contract) as OperationName[]).filter(
  (operation) => !roleAllows('screen', contract[operation].role),
);

/** What every way to the kiosk must do alike: in process, over HTTP, over IPC. */
export function describeTransport(name: string, open: () => Promise<Opened>): void {
  async function openEvening() {
    const { transport, behind } = await open();
    const evening = await prepareEvening(behind);
    const signIn = (personId: string, more: { gestureId?: string; postId?: string } = {}) =>
      transport.call('attendance.signIn', {
        gestureId: randomUUID(),
        activityId: evening.activityId,
        personId,
        ...more,
      });
    return { transport, behind, evening, signIn, client: createClient(transport) };
  }

  describe(`${name}: what a screen is told`, () => {
    test('activities with their posts, leaders by name', async () => {
      const { client, evening } = await openEvening();
      expect(await client.call('activities.list', {})).toEqual({
        activities: [
          {
            activityId: evening.activityId,
            title: { en: 'Volunteer evening', zh: '志愿服务之夜' },
            place: { en: 'Manufacturing centre', zh: '制造中心' },
            startsAt: '2026-11-22T18:00:00.000+08:00',
            endsAt: '2026-11-22T20:00:00.000+08:00',
            open: true,
            opensAt: '2026-11-22T18:00:00.000+08:00',
            sample: false,
            posts: [
              {
                postId: evening.welding,
                name: { en: 'Welding', zh: '焊接' },
                leader: { personId: evening.li, name: '李明朗' },
                wanted: 4,
                limit: 1,
                hard: false,
              },
              {
                postId: evening.truss,
                name: { en: 'Truss', zh: '桁架' },
                leader: null,
                wanted: 4,
                limit: null,
                hard: false,
              },
            ],
            guests: true,
            evidence: { signature: false, photo: false },
          },
        ],
      });
    });

    test('people with no more than a screen needs: the staff number in full stays in the office', async () => {
      const { client, evening } = await openEvening();
      expect(await client.call('people.find', { query: 'wjg' })).toEqual({
        people: [{ personId: evening.wang, name: '王建国', categoryId: 'party-member', matched: 3 }],
        total: 1,
      });
    });

    test('two people of one name are told apart', async () => {
      const { client, evening } = await openEvening();
      const { people, total } = await client.call('people.find', { query: 'chenjie' });
      expect(total).toBe(2);
      expect(new Map(people.map(({ personId, distinguish }) => [personId, distinguish]))).toEqual(
        new Map([
          [evening.chenOfWelding, { team: '焊接班', staffNoTail: '017' }],
          [evening.chenOfTruss, { team: '桁架班', staffNoTail: '382' }],
        ]),
      );
    });

    test('more matches than asked for are counted, not sent', async () => {
      const { client } = await openEvening();
      const { people, total } = await client.call('people.find', { query: '', limit: 1 });
      expect([people.length, total]).toEqual([1, 4]);
    });

    test('people of one team, or of one category, and what there is to choose from', async () => {
      const { client, evening } = await openEvening();
      expect(await client.call('people.filters', {})).toEqual({
        teams: ['焊接班', '桁架班', '下料班'],
        categories: ['party-member', 'activist'],
      });
      const found = async (narrowed: { team?: string; categoryId?: string }, query = '') => {
        const { people, total } = await client.call('people.find', { query, ...narrowed });
        expect(total).toBe(people.length);
        return people.map(({ personId }) => personId);
      };
      const { wang, li, chenOfWelding, chenOfTruss } = evening;
      expect(await found({ team: '焊接班' })).toEqual([chenOfWelding, li]);
      expect(await found({ team: '焊接班' }, 'cj')).toEqual([chenOfWelding]);
      expect(await found({ categoryId: 'party-member' })).toEqual([chenOfWelding, li, wang]);
      expect(await found({ categoryId: 'party-member', team: '下料班' })).toEqual([wang]);
      expect(await found({ categoryId: 'activist' }, 'chen')).toEqual([chenOfTruss]);
      expect(await found({ team: 'no such team' })).toEqual([]);
    });

    test('filters of an activity that is gone are refused in both languages', async () => {
      const { transport } = await openEvening();
      const answer = transport.call('people.filters', { activityId: 'gone' });
      expect(await refusalOf(answer)).toEqual({ code: 'activity-unknown', message: words });
    });

    test('who is here already, at which post and since when', async () => {
      const { client, evening, signIn } = await openEvening();
      const signedIn = await resultOf(signIn(evening.wang, { postId: evening.truss }));
      const { people } = await client.call('people.find', { query: 'wjg', activityId: evening.activityId });
      expect(people[0]!.visit).toEqual({
        visitId: signedIn.visitId,
        postId: evening.truss,
        signedInAt: isoTime,
      });
    });

    test('a sign-in in the list, with its number and time; undone, it stays and says so', async () => {
      const { client, evening, signIn } = await openEvening();
      const { visitId, seq } = await resultOf(signIn(evening.wang, { postId: evening.truss }));
      const visit = {
        visitId,
        seq,
        personId: evening.wang,
        name: '王建国',
        categoryId: 'party-member',
        postId: evening.truss,
        signedInAt: isoTime,
        takingPlace: '2026-11-22',
      };
      const { activityId } = evening;
      expect(await client.call('attendance.list', { activityId })).toEqual({ visits: [visit] });
      expect(await client.call('attendance.undo', { gestureId: randomUUID(), visitId })).toEqual({ visitId });
      expect(await client.call('attendance.list', { activityId })).toEqual({
        visits: [{ ...visit, undoneAt: isoTime }],
      });
    });

    test('a sign-in without a post', async () => {
      const { client, evening, signIn } = await openEvening();
      await resultOf(signIn(evening.wang));
      const { visits } = await client.call('attendance.list', { activityId: evening.activityId });
      expect(visits.map(({ postId }) => postId)).toEqual([null]);
    });

    test('photos with their size, hidden ones left out', async () => {
      const { client, behind } = await openEvening();
      const path = await tempFolder();
      writeFileSync(join(path, 'a.jpg'), await plainJpeg(60, 40));
      writeFileSync(join(path, 'b.jpg'), await plainJpeg(40, 60));
      await behind.kiosk.importPhotos({ path, albumName: 'Evening' });
      const { photos } = await client.call('photos.list', {});
      const photoId = expect.stringMatching(/^[0-9a-f]{64}$/) as string;
      // What is told from the pixels of both: one colour.
      const plain = {
        colour: expect.stringMatching(/^#[0-9a-f]{6}$/) as string,
        thumbhash: expect.any(String) as string,
      };
      expect(photos).toEqual([
        { photoId, width: 60, height: 40, ...plain },
        { photoId, width: 40, height: 60, ...plain },
      ]);
      const [first, second] = photos;
      await behind.asStaff('photos.hide', {
        gestureId: randomUUID(),
        photoId: first!.photoId,
        hidden: true,
      });
      expect(await client.call('photos.list', {})).toEqual({ photos: [second] });
    });

    test('the wall in one call, its times all of one form', async () => {
      const { client, evening, signIn } = await openEvening();
      await resultOf(signIn(evening.wang, { postId: evening.truss }));
      const view = await client.call('wall.view', {});
      expect(view.now).toEqual(isoTime);
      expect(view.counts).toMatchObject({ expected: 8, present: 1 });
      expect(view.arrivals).toEqual([
        {
          visitId: expect.any(String),
          name: '王建国',
          postName: { en: 'Truss', zh: '桁架' },
          categoryId: 'party-member',
          signedInAt: isoTime,
        },
      ]);
    });
  });

  describe(`${name}: a double tap, a retry, a reconnect`, () => {
    test('the same gesture gets the same answer and makes one visit', async () => {
      const { client, evening, signIn } = await openEvening();
      const gestureId = randomUUID();
      const first = await resultOf(signIn(evening.wang, { gestureId }));
      expect(await resultOf(signIn(evening.wang, { gestureId }))).toEqual(first);
      const { visits } = await client.call('attendance.list', { activityId: evening.activityId });
      expect(visits).toHaveLength(1);
    });

    test('twenty taps that race make one visit', async () => {
      const { client, evening, signIn } = await openEvening();
      const gestureId = randomUUID();
      const answers = await Promise.all(
        Array.from({ length: 20 }, () => resultOf(signIn(evening.wang, { gestureId }))),
      );
      expect(new Set(answers.map(({ visitId }) => visitId)).size).toBe(1);
      const { visits } = await client.call('attendance.list', { activityId: evening.activityId });
      expect(visits).toHaveLength(1);
    });

    test('the same gesture for something else is refused', async () => {
      const { evening, signIn } = await openEvening();
      const gestureId = randomUUID();
      await resultOf(signIn(evening.wang, { gestureId }));
      expect(await refusalOf(signIn(evening.li, { gestureId }))).toEqual({
        code: 'gesture-reused',
        message: words,
      });
    });

    test('a second sign-in asks instead of toggling: it says which visit, where and since when', async () => {
      const { evening, signIn } = await openEvening();
      const { visitId } = await resultOf(signIn(evening.wang, { postId: evening.welding }));
      expect(await refusalOf(signIn(evening.wang, { postId: evening.truss }))).toEqual({
        code: 'already-signed-in',
        message: words,
        visitId,
        postId: evening.welding,
        signedInAt: isoTime,
      });
    });

    test.each([
      ['64 emoji', '🧱'.repeat(64)],
      ['one letter', 'a'],
    ])('a gesture id of %s is accepted', async (_what, gestureId) => {
      const { evening, signIn } = await openEvening();
      expect(await signIn(evening.wang, { gestureId })).toMatchObject({ ok: true });
    });

    test.each([
      ['65 emoji', '🧱'.repeat(65)],
      ['65 letters', 'a'.repeat(65)],
      ['nothing', ''],
    ])('a gesture id of %s is refused', async (_what, gestureId) => {
      const { evening, signIn } = await openEvening();
      expect(await refusalOf(signIn(evening.wang, { gestureId }))).toMatchObject({ code: 'input-invalid' });
    });
  });

  test(`offline rules differ: over ${name} the kiosk's own rules decide who is let in`, async () => {
    const { transport, behind, evening, signIn } = await openEvening();
    const { wang, li, chenOfWelding, chenOfTruss, welding, truss } = evening;
    const { activityId } = await behind.asStaff('activities.save', {
      gestureId: randomUUID(),
      activity: {
        title: { en: 'Meeting', zh: '会议' },
        place: { en: 'Hall', zh: '车间' },
        schedule: {
          kind: 'once',
          startsAt: '2026-11-22T19:00:00.000+08:00',
          endsAt: '2026-11-22T21:00:00.000+08:00',
          opensMinutesBefore: 30,
        },
        posts: [],
      },
    });
    const toMeeting = () =>
      transport.call('attendance.signIn', { gestureId: randomUUID(), activityId, personId: li });
    const expectNo = async (code: string, answer: Promise<Answer>) =>
      expect(await refusalOf(answer)).toMatchObject({ code, message: words });

    await resultOf(signIn(wang, { postId: welding }));
    // A full post asks for a reason; the one beside it is open.
    await expectNo('reason-missing', signIn(chenOfWelding, { postId: welding }));
    await resultOf(signIn(chenOfWelding, { postId: truss }));
    await behind.asStaff('people.remove', { gestureId: randomUUID(), personIds: [chenOfTruss] });
    await expectNo('person-unknown', signIn(chenOfTruss));
    await expectNo('not-open', toMeeting());
    behind.clock.forward(30 * 60);
    await resultOf(toMeeting());
  });

  describe(`${name}: what does not belong`, () => {
    test.each([
      'people.destroy',
      '__proto__',
      'constructor',
      'toString',
      'hasOwnProperty',
      ' ',
      '签到',
      'a/../b',
    ])('there is no operation "%s"', async (operation) => {
      const { transport } = await openEvening();
      expect(await refusalOf(transport.call(operation, {}))).toEqual({
        code: 'operation-unknown',
        message: words,
      });
    });

    test.each<[string, string, unknown]>([
      ['an extra key', 'activities.list', { hidden: true }],
      ['no object', 'activities.list', []],
      ['null', 'activities.list', null],
      ['a number for text', 'people.find', { query: 5 }],
      ['a key left out', 'attendance.list', {}],
      ['a path for an id', 'attendance.list', { activityId: '../../etc/passwd' }],
      ['a half number', 'people.find', { query: '', limit: 1.5 }],
    ])('input with %s is refused, in words', async (_what, operation, input) => {
      const { transport } = await openEvening();
      expect(await refusalOf(transport.call(operation, input))).toEqual({
        code: 'input-invalid',
        message: { en: expect.stringContaining(operation) as string, zh: words.zh },
      });
    });

    test.each(['__proto__', 'constructor', 'prototype'])(
      'a key %s in the input changes nothing in the kiosk',
      async (key) => {
        const { transport, client } = await openEvening();
        const input: unknown = JSON.parse(`{"query":"","${key}":{"limit":1,"polluted":true}}`);
        const answer = await transport.call('people.find', input);
        if (answer.ok) expect((answer.result as { people: unknown[] }).people).toHaveLength(4);
        else expect(answer.refusal.code).toBe('input-invalid');
        expect(({} as Record<string, unknown>).polluted).toBeUndefined();
        expect((await client.call('people.find', { query: '' })).people).toHaveLength(4);
      },
    );

    test('a screen may call nothing of the office, whatever it sends', async () => {
      const { transport } = await openEvening();
      const refused: Record<string, RefusalView> = {};
      for (const operation of STAFF_ONLY) refused[operation] = await refusalOf(transport.call(operation, {}));
      const noRole = { code: 'role-missing', message: words };
      expect(refused).toEqual(Object.fromEntries(STAFF_ONLY.map((operation) => [operation, noRole])));
    });

    test('a screen may not list the whole roster of a plant', async () => {
      const { transport } = await openEvening();
      const answer = transport.call('people.find', { query: '', limit: 1001 });
      expect(await refusalOf(answer)).toMatchObject({ code: 'limit-too-high' });
    });

    test.each([
      [
        'activity',
        'activity-unknown',
        (evening: Record<string, string>) => ({ ...evening, activityId: 'gone' }),
      ],
      ['person', 'person-unknown', (evening: Record<string, string>) => ({ ...evening, personId: 'gone' })],
      ['post', 'post-unknown', (evening: Record<string, string>) => ({ ...evening, postId: 'gone' })],
    ])('a sign-in for a %s that is gone is refused in both languages', async (_what, code, change) => {
      const { transport, evening } = await openEvening();
      const good = { gestureId: randomUUID(), activityId: evening.activityId, personId: evening.wang };
      expect(await refusalOf(transport.call('attendance.signIn', change(good)))).toEqual({
        code,
        message: words,
      });
    });
  });

  describe(`${name}: changes`, () => {
    test('a screen that asks again on the push sees the sign-in', async () => {
      const { transport, client, behind, evening, signIn } = await openEvening();
      const heard = await listen(transport, ['attendance', 'slogans'], behind);
      const answer = resultOf(signIn(evening.wang));
      await heard.next('attendance');
      const { visits } = await client.call('attendance.list', { activityId: evening.activityId });
      expect(visits.map(({ visitId }) => visitId)).toEqual([(await answer).visitId]);
    });

    test('only what was asked for is told', async () => {
      const { transport, behind, evening, signIn } = await openEvening();
      const heard = await listen(transport, ['attendance', 'slogans'], behind);
      await behind.asStaff('settings.save', { gestureId: randomUUID(), settings: { theme: 'calm' } });
      await behind.asStaff('people.save', { gestureId: randomUUID(), person: { name: '新人' } });
      await resultOf(signIn(evening.wang));
      await heard.next('attendance');
      // Pushes come in order, so anything else would have come before.
      expect(heard.topics.filter((topic) => topic !== 'slogans')).toEqual(['attendance']);
    });

    test('long work on the data is told to whoever follows health, with what came of it', async () => {
      const { transport, behind } = await openEvening();
      const heard = await listen(transport, ['health', 'slogans'], behind);
      const { workId } = await behind.asStaff('upkeep.verify', {});
      await heard.next('health');
      await until(async () => (await behind.asStaff('upkeep.state', {})).current === null);
      const { ended } = await behind.asStaff('upkeep.state', {});
      expect(ended).toEqual([
        {
          workId,
          kind: 'verify',
          state: 'done',
          startedAt: isoTime,
          done: expect.any(Number),
          total: null,
          words,
          problems: [],
          path: null,
        },
      ]);
    });

    test('who stops listening is told nothing more', async () => {
      const { transport, behind, evening, signIn } = await openEvening();
      const leaving = await listen(transport, ['attendance', 'slogans'], behind);
      const staying = await listen(transport, ['attendance', 'slogans'], behind);
      leaving.stop();
      const before = leaving.topics.length;
      await resultOf(signIn(evening.wang));
      await staying.next('attendance');
      expect(leaving.topics).toHaveLength(before);
    });

    test('a refused sign-in changes nothing and tells nobody', async () => {
      const { transport, behind, evening, signIn } = await openEvening();
      await resultOf(signIn(evening.wang));
      const heard = await listen(transport, ['attendance', 'slogans'], behind);
      await refusalOf(signIn(evening.wang));
      await resultOf(signIn(evening.li));
      await heard.next('attendance');
      expect(heard.topics.filter((topic) => topic === 'attendance')).toHaveLength(1);
    });
  });
}

async function resultOf(answer: Promise<Answer>): Promise<{ visitId: string; seq: number }> {
  const given = await answer;
  if (!given.ok) throw new Error(given.refusal.message.en);
  return given.result as { visitId: string; seq: number };
}

async function refusalOf(answer: Promise<Answer>): Promise<RefusalView> {
  const given = await answer;
  if (given.ok) throw new Error(`accepted: ${JSON.stringify(given.result)}`);
  return given.refusal;
}

/** Listens, and resolves once the subscription is known to stand: a slogan is saved until it is heard of. */
async function listen(transport: Transport, wanted: Topic[], behind: TestKiosk) {
  const topics: Topic[] = [];
  const waiting = new Set<() => void>();
  const stop = transport.subscribe(wanted, (topic) => {
    topics.push(topic);
    for (const look of waiting) look();
  });
  onTestFinished(stop);
  const next = (topic: Topic) =>
    new Promise<void>((resolve) => {
      const look = () => {
        if (!topics.includes(topic)) return;
        waiting.delete(look);
        resolve();
      };
      waiting.add(look);
      look();
    });
  const poke = setInterval(() => {
    const text = { en: `Slogan ${randomUUID()}`, zh: '标语' };
    void behind.asStaff('slogans.save', { gestureId: randomUUID(), slogan: { text } });
  }, 20);
  await next('slogans');
  clearInterval(poke);
  topics.length = 0;
  return { topics, next, stop };
}

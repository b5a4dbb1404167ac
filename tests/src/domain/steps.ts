import fc from 'fast-check';
import type { ActivityDraft, Command } from '../../../src/domain/command.ts';
import type { PersonDraft } from '../../../src/domain/person.ts';
import type { Role } from '../../../src/domain/role.ts';
import type { State } from '../../../src/domain/state.ts';
import { addMinutes, addMs, localDateOf } from '../../../src/domain/time.ts';
import { SAMPLE } from '../../../src/sample/volunteer-evening.ts';

/**
 * One step of a random day. Numbers stand for things: they choose among what is there when the step is taken
 * (`pick`), so that a shrunk example stays readable and short days already meet each other's records.
 */
export type Step = { role: Role } & (
  | { kind: 'sign-in'; activity: number; person: number; post: number; reason: boolean }
  | { kind: 'undo'; visit: number }
  | { kind: 'void'; visit: number }
  | { kind: 'guest'; activity: number; post: number }
  | { kind: 'match-guest'; guest: number; person: number }
  | { kind: 'unmatch-guest'; guest: number }
  | { kind: 'roll-call'; activity: number; post: number; people: number[]; leader: number | null }
  | { kind: 'undo-roll-call'; visits: number[] }
  | { kind: 'change-post'; visit: number; post: number; reason: boolean }
  | { kind: 'sign-out'; visit: number }
  | { kind: 'sign-out-all'; activity: number }
  | { kind: 'stay'; visit: number }
  | { kind: 'close-forgotten' }
  | { kind: 'correct-sign-out'; visit: number; minutesAgo: number }
  | { kind: 'undo-sign-outs'; visits: number[] }
  | { kind: 'accept-sign-outs'; visits: number[] }
  | { kind: 'evidence'; visit: number }
  | { kind: 'leave'; activity: number; person: number; withdrawn: boolean }
  | { kind: 'attempt'; activity: number; person: number; guest: boolean }
  | { kind: 'badge'; person: number; badge: string | null }
  | { kind: 'add-visit'; activity: number; person: number; minutesAgo: number; stayed: number | null }
  | {
      kind: 'activity';
      known: number | null;
      schedule: 'daily' | 'night' | 'once';
      posts: PostStep[];
      expected: number[] | null;
      rules: 'none' | 'capacity' | 'category' | 'assigned';
    }
  | { kind: 'remove-activity'; activity: number }
  | { kind: 'person'; known: number | null; draft: PersonDraft }
  | { kind: 'import'; drafts: PersonDraft[] }
  | { kind: 'remove-people'; people: number[] }
  | { kind: 'photos'; album: string; ids: string[] }
  | { kind: 'hide'; photo: number; hidden: boolean }
  | { kind: 'move-photos'; album: number; photos: number[] }
  | { kind: 'rename-album'; album: number; name: string }
  | { kind: 'slogan'; known: number | null }
  | { kind: 'remove-slogan'; slogan: number }
  | { kind: 'show'; known: number | null; slogan: number; album: number }
  | { kind: 'remove-show'; show: number }
  | { kind: 'theme'; theme: 'festive' | 'calm' }
  | { kind: 'add-sample' }
  | { kind: 'remove-sample' }
  | { kind: 'clock-jump'; hours: number | null; since: number }
  | { kind: 'correct-clock'; jump: number; right: 'before' | 'after' }
  | { kind: 'erase'; people: number[] }
  | { kind: 'drop-times'; daysAgo: number }
  | { kind: 'backup'; path: string; dropped: string[] }
  | { kind: 'begin-backup'; path: string; dropped: string[] }
  | { kind: 'redact-backup'; path: string }
  | { kind: 'repair'; from: number }
  | { kind: 'wait'; seconds: number }
  | { kind: 'repeat'; gesture: number; sameInput: boolean }
);

interface PostStep {
  wanted: number;
  limit: number | null;
  hard: boolean;
  leader: number | null;
}

const HOUR = 3_600_000;

/** The number that stands for something that is not there. */
const NO_SUCH = 30;
const index = fc.oneof(
  { weight: 2, arbitrary: fc.nat({ max: 3 }) },
  { weight: 1, arbitrary: fc.nat({ max: NO_SUCH }) },
);
const known = fc.option(index);
const visits = fc.array(index, { minLength: 1, maxLength: 3 });
const role = fc.constantFrom<Role>('screen', 'admin');

const draft = fc.record(
  {
    name: fc.constantFrom('陈杰', '陈伟', 'Anna', '单晓雨'),
    staffNo: fc.constantFrom('1', '2', '3', '1042'),
    team: fc.constantFrom('焊接班', '电装班'),
    categoryId: fc.constantFrom('party-member', 'party-member', 'guest', 'no-such-category'),
  },
  { requiredKeys: ['name'] },
) as fc.Arbitrary<PersonDraft>;

const post = fc.record({
  wanted: fc.nat({ max: 3 }),
  limit: fc.option(fc.integer({ min: 1, max: 2 })),
  hard: fc.boolean(),
  leader: fc.option(index, { freq: 1 }),
});

const seconds = fc.oneof(
  fc.integer({ min: 0, max: 40 }),
  fc.integer({ min: 3, max: 30 }).map((hours) => hours * 3600),
  fc.constant(-3600),
);

const BACKUPS = ['/stick/a.zip', '/stick/b.zip'];
const backupPath = fc.constantFrom(...BACKUPS);

function step<Kind extends Step['kind'], Rest>(
  kind: Kind,
  rest: { [K in keyof Rest]: fc.Arbitrary<Rest[K]> },
) {
  return fc.record({ kind: fc.constant(kind), role, ...rest }) as unknown as fc.Arbitrary<Step>;
}

/** People come onto the roster, change and go from it. */
const roster = [
  { weight: 2, arbitrary: step('person', { known, draft }) },
  { weight: 2, arbitrary: step('import', { drafts: fc.array(draft, { maxLength: 4 }) }) },
  {
    weight: 2,
    arbitrary: step('remove-people', { people: fc.array(index, { minLength: 1, maxLength: 2 }) }),
  },
];

const erase = {
  weight: 1,
  arbitrary: step('erase', { people: fc.array(index, { minLength: 1, maxLength: 2 }) }),
};

/** People come, go and are put right. */
const visiting = [
  ...roster,
  {
    weight: 8,
    arbitrary: step('sign-in', { activity: index, person: index, post: index, reason: fc.boolean() }),
  },
  { weight: 4, arbitrary: step('undo', { visit: index }) },
  { weight: 2, arbitrary: step('void', { visit: index }) },
  {
    weight: 3,
    arbitrary: step('add-visit', {
      activity: index,
      person: index,
      minutesAgo: fc.constantFrom(-1, 0, 10, 1440),
      stayed: fc.constantFrom(null, null, 5, 20),
    }),
  },
  { weight: 2, arbitrary: step('guest', { activity: index, post: index }) },
  { weight: 1, arbitrary: step('match-guest', { guest: index, person: index }) },
  { weight: 1, arbitrary: step('unmatch-guest', { guest: index }) },
  {
    weight: 2,
    arbitrary: step('roll-call', {
      activity: index,
      post: index,
      people: fc.array(index, { minLength: 1, maxLength: 4 }),
      leader: fc.option(index),
    }),
  },
  { weight: 1, arbitrary: step('undo-roll-call', { visits }) },
  { weight: 2, arbitrary: step('change-post', { visit: index, post: index, reason: fc.boolean() }) },
  { weight: 4, arbitrary: step('sign-out', { visit: index }) },
  { weight: 1, arbitrary: step('sign-out-all', { activity: index }) },
  { weight: 1, arbitrary: step('stay', { visit: index }) },
  { weight: 2, arbitrary: step('close-forgotten', {}) },
  {
    weight: 2,
    arbitrary: step('correct-sign-out', { visit: index, minutesAgo: fc.constantFrom(-1, 0, 1, 1440) }),
  },
  { weight: 2, arbitrary: step('undo-sign-outs', { visits }) },
  { weight: 1, arbitrary: step('accept-sign-outs', { visits }) },
  { weight: 1, arbitrary: step('evidence', { visit: index }) },
  { weight: 1, arbitrary: step('leave', { activity: index, person: index, withdrawn: fc.boolean() }) },
  { weight: 1, arbitrary: step('attempt', { activity: index, person: index, guest: fc.boolean() }) },
  { weight: 1, arbitrary: step('badge', { person: index, badge: fc.constantFrom('a1', 'B2', null) }) },
  { weight: 3, arbitrary: step('wait', { seconds }) },
];

/** What changes what is known already. */
const upkeep = [
  {
    weight: 1,
    arbitrary: step('clock-jump', {
      hours: fc.constantFrom(1, -1, 24, 24, -24, -24, 0.015, null),
      since: fc.constantFrom(0, 0, 3, 1000),
    }),
  },
  {
    weight: 4,
    arbitrary: step('correct-clock', { jump: index, right: fc.constantFrom('before', 'after') }),
  },
  erase,
  { weight: 4, arbitrary: step('drop-times', { daysAgo: fc.constantFrom(-1, 0, 0, 0, 1) }) },
];

const anyStep = fc.oneof(
  ...visiting,
  ...upkeep,
  {
    weight: 2,
    arbitrary: step('activity', {
      known,
      schedule: fc.constantFrom('daily', 'night', 'once'),
      posts: fc.array(post, { maxLength: 3 }),
      expected: fc.option(fc.array(index, { maxLength: 3 }), { freq: 1 }),
      rules: fc.constantFrom('none', 'none', 'capacity', 'category', 'assigned'),
    }),
  },
  { weight: 1, arbitrary: step('remove-activity', { activity: index }) },
  {
    weight: 1,
    arbitrary: step('photos', {
      album: fc.constantFrom('2025', '2026'),
      ids: fc.uniqueArray(fc.constantFrom('p1', 'p2', 'p3')),
    }),
  },
  { weight: 1, arbitrary: step('hide', { photo: index, hidden: fc.boolean() }) },
  {
    weight: 1,
    arbitrary: step('move-photos', { album: index, photos: fc.array(index, { minLength: 1, maxLength: 2 }) }),
  },
  {
    weight: 1,
    arbitrary: step('rename-album', { album: index, name: fc.constantFrom('2025', '2026', '2027') }),
  },
  { weight: 2, arbitrary: step('slogan', { known }) },
  { weight: 1, arbitrary: step('remove-slogan', { slogan: index }) },
  { weight: 2, arbitrary: step('show', { known, slogan: index, album: index }) },
  { weight: 1, arbitrary: step('remove-show', { show: index }) },
  { weight: 1, arbitrary: step('theme', { theme: fc.constantFrom('festive', 'calm') }) },
  { weight: 1, arbitrary: step('add-sample', {}) },
  { weight: 1, arbitrary: step('remove-sample', {}) },
  { weight: 1, arbitrary: step('backup', { path: backupPath, dropped: fc.subarray(BACKUPS) }) },
  { weight: 1, arbitrary: step('begin-backup', { path: backupPath, dropped: fc.subarray(BACKUPS) }) },
  { weight: 1, arbitrary: step('redact-backup', { path: backupPath }) },
  { weight: 1, arbitrary: step('repair', { from: fc.integer({ min: 1, max: 3 }) }) },
  { weight: 2, arbitrary: step('repeat', { gesture: index, sameInput: fc.boolean() }) },
);

/** Days begin with somebody to sign in and somewhere to go, or with the empty kiosk. */
export const days: fc.Arbitrary<Step[]> = fc
  .tuple(fc.boolean(), fc.array(anyStep, { maxLength: 30, size: 'max' }))
  .map(([withSample, steps]) => (withSample ? [{ kind: 'add-sample', role: 'admin' }, ...steps] : steps));

/** Days at the sample's activity on which little else happens than that times are corrected or dropped and people erased. */
export const upkeepDays: fc.Arbitrary<Step[]> = fc
  .array(fc.oneof(...visiting, ...upkeep, ...upkeep), { minLength: 10, maxLength: 30, size: 'max' })
  .map((steps) => [{ kind: 'add-sample', role: 'admin' }, ...steps]);

/** Days on which nobody but those on the roster is erased: among all that a day can bring, that is rare. */
export const rosterDays: fc.Arbitrary<Step[]> = fc.array(fc.oneof(...roster, erase), {
  maxLength: 15,
  size: 'max',
});

/** By how many milliseconds a step moves the system's clock. */
export function clockMove(step: Step): number {
  return step.kind === 'clock-jump' ? (step.hours ?? -1) * HOUR : 0;
}

/** The command a step means now; undefined for steps that are no command. */
export function commandOf(step: Step, state: State, at: string): Command | undefined {
  switch (step.kind) {
    case 'sign-in': {
      const activityId = pick(state.activities.keys(), step.activity);
      const postId = postAt(state, activityId, step.post);
      return {
        type: 'sign-in',
        activityId,
        personId: pick(state.people.keys(), step.person),
        ...(postId !== undefined && { postId }),
        ...(step.reason && { reason: 'the leader asked', leaveOther: true }),
      };
    }
    case 'guest': {
      const activityId = pick(state.activities.keys(), step.activity);
      const postId = postAt(state, activityId, step.post);
      return {
        type: 'sign-in-guest',
        activityId,
        ...(postId !== undefined && { postId }),
        guest: { name: 'Gina', organisation: 'Lift Works' },
        another: true,
        notice: 1,
      };
    }
    case 'unmatch-guest': {
      const guests = [...state.people.values()].filter(({ guest }) => guest);
      return {
        type: 'unmatch-guest',
        guestId: pick(
          guests.map(({ personId }) => personId),
          step.guest,
        ),
      };
    }
    case 'match-guest': {
      const guests = [...state.people.values()].filter(({ guest }) => guest);
      return {
        type: 'match-guest',
        guestId: pick(
          guests.map(({ personId }) => personId),
          step.guest,
        ),
        personId: pick(state.people.keys(), step.person),
      };
    }
    case 'roll-call': {
      const activityId = pick(state.activities.keys(), step.activity);
      const leaders = state.activities.get(activityId)?.posts.flatMap(({ leaderId }) => leaderId ?? []) ?? [];
      return {
        type: 'call-roll',
        activityId,
        postId: postAt(state, activityId, step.post) ?? null,
        personIds: step.people.map((person) => pick(state.people.keys(), person)),
        leaderId: step.leader === null ? null : pick(leaders, step.leader),
      };
    }
    case 'undo-roll-call':
      return { type: 'undo-roll-call', visitIds: step.visits.map((visit) => visitAt(state, visit)) };
    case 'change-post': {
      const visitId = visitAt(state, step.visit);
      const activityId = state.visits.get(visitId)?.activityId ?? '';
      return {
        type: 'change-post',
        visitId,
        postId: postAt(state, activityId, step.post * 2)!,
        ...(step.reason && { reason: 'help is needed' }),
      };
    }
    case 'sign-out':
      return { type: 'sign-out', visitId: visitAt(state, step.visit) };
    case 'sign-out-all':
      return { type: 'sign-out-all', activityId: pick(state.activities.keys(), step.activity) };
    case 'stay':
      return { type: 'announce-stay', visitId: visitAt(state, step.visit) };
    case 'close-forgotten':
      return { type: 'close-forgotten' };
    case 'correct-sign-out':
      return {
        type: 'correct-sign-out',
        visitId: visitAt(state, step.visit),
        at: addMinutes(at, -step.minutesAgo),
        reason: 'forgot to sign out',
      };
    case 'undo-sign-outs':
      return { type: 'undo-sign-outs', visitIds: step.visits.map((visit) => visitAt(state, visit)) };
    case 'accept-sign-outs':
      return { type: 'accept-sign-outs', visitIds: step.visits.map((visit) => visitAt(state, visit)) };
    case 'evidence':
      return {
        type: 'add-evidence',
        visitId: visitAt(state, step.visit),
        signature: { width: 600, height: 200, strokes: [[10, 10, 20, 30]] },
        photo: 'data:image/jpeg;base64,AAAA',
      };
    case 'leave': {
      const place = {
        activityId: pick(state.activities.keys(), step.activity),
        personId: pick(state.people.keys(), step.person),
      };
      return step.withdrawn
        ? { type: 'withdraw-leave', ...place }
        : { type: 'note-leave', ...place, reason: 'is ill' };
    }
    case 'attempt':
      return {
        type: 'note-attempt',
        activityId: pick(state.activities.keys(), step.activity),
        ...(step.guest
          ? { guest: { name: `guest-${step.person}` } }
          : { personId: pick(state.people.keys(), step.person) }),
        code: 'not-open',
      };
    case 'badge': {
      const personId = pick(state.people.keys(), step.person);
      return step.badge === null
        ? { type: 'unlink-badges', personId }
        : { type: 'link-badge', personId, badge: step.badge };
    }
    case 'undo':
      return { type: 'undo-sign-in', visitId: visitAt(state, step.visit) };
    case 'void':
      return {
        type: 'void-visit',
        visitId: visitAt(state, step.visit),
        reason: 'was at home',
      };
    case 'add-visit':
      return {
        type: 'add-visit',
        activityId: pick(state.activities.keys(), step.activity),
        personId: pick(state.people.keys(), step.person),
        signedInAt: addMinutes(at, -step.minutesAgo),
        ...(step.stayed !== null && { leftAt: addMinutes(at, step.stayed - step.minutesAgo) }),
        reason: 'the gate was off',
      };
    case 'remove-activity':
      return { type: 'remove-activity', activityId: pick(state.activities.keys(), step.activity) };
    case 'activity':
      return { type: 'save-activity', activity: activityOf(step, state, at) };
    case 'person': {
      const personId = step.known === null ? undefined : pick(state.people.keys(), step.known);
      return { type: 'save-person', person: { ...step.draft, ...(personId !== undefined && { personId }) } };
    }
    case 'import':
      return { type: 'import-people', people: step.drafts };
    case 'remove-people':
      return {
        type: 'remove-people',
        personIds: step.people.map((person) => pick(state.people.keys(), person)),
      };
    case 'move-photos':
      return {
        type: 'move-photos',
        albumId: pick(state.albums.keys(), step.album),
        photoIds: step.photos.map((photo) => pick(state.photos.keys(), photo)),
      };
    case 'rename-album':
      return { type: 'rename-album', albumId: pick(state.albums.keys(), step.album), name: step.name };
    case 'remove-slogan':
      return { type: 'remove-slogan', sloganId: pick(state.slogans.keys(), step.slogan) };
    case 'show': {
      const showId = step.known === null ? undefined : pick(state.shows.keys(), step.known);
      return {
        type: 'save-show',
        show: {
          ...(showId !== undefined && { showId }),
          title: { en: 'Meeting', zh: '会议' },
          items: [
            { kind: 'slogan', sloganId: pick(state.slogans.keys(), step.slogan) },
            ...(step.album % 2 === 0
              ? [{ kind: 'album' as const, albumId: pick(state.albums.keys(), step.album / 2) }]
              : []),
          ],
          secondsPerSlide: 8,
        },
      };
    }
    case 'remove-show':
      return { type: 'remove-show', showId: pick(state.shows.keys(), step.show) };
    case 'photos':
      return {
        type: 'add-photos',
        albumName: step.album,
        photos: step.ids.map((photoId) => ({ photoId, width: 4, height: 3, fileName: `${photoId}.jpg` })),
      };
    case 'hide':
      return { type: 'hide-photo', photoId: pick(state.photos.keys(), step.photo), hidden: step.hidden };
    case 'slogan': {
      const sloganId = step.known === null ? undefined : pick(state.slogans.keys(), step.known);
      const text = { en: 'Safety first', zh: '安全第一' };
      return { type: 'save-slogan', slogan: { text, ...(sloganId !== undefined && { sloganId }) } };
    }
    case 'theme':
      return { type: 'change-settings', settings: { theme: step.theme } };
    case 'add-sample':
      return { type: 'add-sample', sample: SAMPLE };
    case 'remove-sample':
      return { type: 'remove-sample' };
    case 'clock-jump': {
      const byMs = step.hours === null ? null : step.hours * HOUR;
      const sinceSeq = Math.max(1, state.lastSeq + 1 - step.since);
      return { type: 'note-clock-jump', byMs, before: at, after: addMs(at, byMs ?? 0), sinceSeq };
    }
    case 'correct-clock':
      return { type: 'correct-clock', jumpId: pick(state.clockJumps.keys(), step.jump), right: step.right };
    case 'erase':
      return {
        type: 'erase-people',
        personIds: step.people.map((person) =>
          pick([...state.people.keys(), ...state.removedPeople], person),
        ),
      };
    case 'drop-times':
      return { type: 'drop-times', before: localDateOf(addMinutes(at, -24 * 60 * step.daysAgo)) };
    case 'backup': {
      const { path, dropped } = step;
      return { type: 'note-backup', path, bytes: 4096, photos: false, lastSeq: state.lastSeq, dropped };
    }
    case 'begin-backup':
      return { type: 'note-backup-begun', path: step.path, dropped: step.dropped };
    case 'redact-backup':
      return { type: 'note-backup-redacted', path: step.path, bytes: 2048 };
    case 'repair':
      return {
        type: 'note-repair',
        missing: [{ from: step.from, to: null }],
        files: ['journal-000000000001.jsonl'],
      };
    default:
      return undefined;
  }
}

/** Chooses among what is there, and sometimes what is not. */
function pick(ids: Iterable<string>, number: number): string {
  const all = [...ids];
  return (number === NO_SUCH ? undefined : all[number % all.length]) ?? 'no-such-thing';
}

function activityOf(step: Extract<Step, { kind: 'activity' }>, state: State, at: string): ActivityDraft {
  const activityId = step.known === null ? undefined : pick(state.activities.keys(), step.known);
  return {
    ...(activityId !== undefined && { activityId }),
    title: { en: `Activity on ${localDateOf(at)}`, zh: '活动' },
    place: { en: 'Hall', zh: '车间' },
    schedule: scheduleOf(step.schedule, at),
    evidence: { signature: true, photo: true },
    ...rulesOf(step, state),
    ...(step.expected !== null && {
      expectedIds: step.expected.map((person) => pick(state.people.keys(), person)),
    }),
    posts: step.posts.map(({ wanted, limit, hard, leader }, index) => ({
      // The same ids in every version of the activity, so that visits keep their posts.
      postId: `post-${index}`,
      name: { en: `Post ${index}`, zh: `岗位${index}` },
      wanted,
      ...(limit !== null && { limit }),
      ...(hard && { hard }),
      ...(leader !== null && { leaderId: pick(state.people.keys(), leader) }),
    })),
  };
}

function rulesOf(
  { rules, known }: Extract<Step, { kind: 'activity' }>,
  state: State,
): Partial<ActivityDraft> {
  if (rules === 'capacity') return { capacity: 2 };
  if (rules === 'category') return { eligible: { categoryIds: ['party-member'] } };
  if (rules === 'assigned') return { assignments: { [pick(state.people.keys(), known ?? 0)]: 'post-0' } };
  return {};
}

function postAt(state: State, activityId: string, post: number): string | undefined {
  const posts = state.activities.get(activityId)?.posts.map(({ postId }) => postId) ?? [];
  // Every other number asks for no post at all.
  return post % 2 === 0 ? pick(posts, post / 2) : undefined;
}

function visitAt(state: State, visit: number): string {
  return pick([...state.visits.keys()].reverse(), visit);
}

function scheduleOf(kind: 'daily' | 'night' | 'once', at: string): ActivityDraft['schedule'] {
  if (kind === 'daily') return { kind, start: '18:00', end: '20:00' };
  if (kind === 'night') return { kind: 'daily', start: '22:00', end: '06:00' };
  return { kind, startsAt: addMinutes(at, 30), endsAt: addMinutes(at, 150), opensMinutesBefore: 60 };
}

const few = fc.nat({ max: 1 });

/** Evenings of the sample on which a few people come, go, come again, and guests turn out to be one of them. */
export const guestDays: fc.Arbitrary<Step[]> = fc
  .array(
    fc.oneof(
      step('sign-in', { activity: fc.constant(0), person: few, post: fc.constant(1), reason: fc.boolean() }),
      step('guest', { activity: fc.constant(0), post: fc.constant(1) }),
      step('match-guest', { guest: few, person: few }),
      step('unmatch-guest', { guest: few }),
      step('sign-out', { visit: index }),
      step('undo-sign-outs', { visits: fc.tuple(index) }),
      step('wait', { seconds: fc.integer({ min: 60, max: 600 }) }),
      step('clock-jump', { hours: fc.constantFrom(-1, 1), since: fc.constant(0) }),
    ),
    { minLength: 10, maxLength: 20, size: 'max' },
  )
  .map((steps) => [{ kind: 'add-sample', role: 'admin' }, ...steps]);

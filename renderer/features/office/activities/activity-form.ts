import type { CallInput, Result } from '../../../../src/api/contract.ts';
import type { ActivityTemplate } from '../../../../src/domain/activity-templates.ts';
import type { Bilingual } from '../../../../src/domain/bilingual.ts';
import { bothOf } from '../parts/both-of.ts';

/** One post as it is typed; `leader` by id and name. */
export interface PostForm {
  key: string;
  postId?: string;
  name: Bilingual;
  leader: { personId: string; name: string } | undefined;
  wanted: number;
  /** Empty: no limit. */
  limit: number | '';
  /** Once it is full, only staff let anybody in. */
  hard: boolean;
}

/** Who may come, as it is ticked; null: everybody. */
export interface EligibleForm {
  categoryIds: string[];
  teams: string[];
  expected: boolean;
}

/** The rules of an activity as they are typed; empty numbers are not set. */
export interface RulesForm {
  capacity: number | '';
  eligible: EligibleForm | null;
  guests: boolean;
  signature: boolean;
  photo: boolean;
  closesAfterMinutes: number | '';
}

/** An activity as it is typed: date and times apart, in the zone of the kiosk. */
export interface ActivityForm {
  activityId?: string;
  title: Bilingual;
  place: Bilingual;
  kind: 'once' | 'daily';
  date: string;
  start: string;
  end: string;
  /** Empty: a daily one that is always open. */
  opensMinutesBefore: number | '';
  posts: PostForm[];
  /** Null: as many as the posts want. */
  expectedIds: string[] | null;
  rules: RulesForm;
  /** Which posts people were told to go to: the post's `key` by personId. */
  assignments: Record<string, string>;
}

/** The rules of an activity that has none. */
export const NO_RULES: RulesForm = {
  capacity: '',
  eligible: null,
  guests: true,
  signature: false,
  photo: false,
  closesAfterMinutes: '',
};

/** The form of a stored activity. */
export function formOf({ activity, schedule, expectedIds, rules }: Result<'activities.get'>): ActivityForm {
  return {
    activityId: activity.activityId,
    title: activity.title,
    place: activity.place,
    kind: schedule.kind,
    date: activity.startsAt.slice(0, 10),
    start: activity.startsAt.slice(11, 16),
    end: activity.endsAt.slice(11, 16),
    opensMinutesBefore: schedule.opensMinutesBefore ?? '',
    posts: activity.posts.map(({ postId, name, leader, wanted, limit, hard }) => ({
      key: postId,
      postId,
      name,
      leader: leader ?? undefined,
      wanted,
      limit: limit ?? '',
      hard,
    })),
    expectedIds,
    rules: rulesForm(rules),
    assignments: rules.assignments ?? {},
  };
}

/** A new activity from a template: today, or tomorrow when today's time is over. `now` is the kiosk's. */
export function formFromTemplate(template: ActivityTemplate, now: string): ActivityForm {
  const { title, place, start, minutes, opensMinutesBefore, posts } = template;
  const end = addToClock(start, minutes);
  return {
    title,
    place,
    kind: 'once',
    date: nextDate(now, end),
    start,
    end,
    opensMinutesBefore,
    posts: posts.map(({ name, wanted }, index) => ({
      key: `new-${index}`,
      name,
      leader: undefined,
      wanted,
      limit: wanted,
      hard: false,
    })),
    expectedIds: null,
    rules: NO_RULES,
    assignments: {},
  };
}

/** A new activity like an earlier one: everything but its date. */
export function formLike(earlier: Result<'activities.get'>, now: string): ActivityForm {
  const { activityId: _, ...form } = formOf(earlier);
  const posts = form.posts.map(({ postId: _id, ...post }) => post);
  return { ...form, kind: 'once', posts, date: nextDate(now, form.end) };
}

/** What the kiosk saves. `offset` is the kiosk's, such as "+08:00". An end before the start is on the next day. */
export function activityOf(form: ActivityForm, offset: string): CallInput<'activities.save'>['activity'] {
  const { activityId, title, place, kind, date, start, end, opensMinutesBefore, expectedIds } = form;
  const endDate = end <= start ? addDays(date, 1) : date;
  return {
    ...(activityId !== undefined && { activityId }),
    title: bothOf(title),
    place: bothOf(place),
    schedule:
      kind === 'daily'
        ? { kind, start, end, ...(opensMinutesBefore !== '' && { opensMinutesBefore }) }
        : {
            kind,
            startsAt: `${date}T${start}:00.000${offset}`,
            endsAt: `${endDate}T${end}:00.000${offset}`,
            // Empty is only what is always open, which happens every day.
            opensMinutesBefore: opensMinutesBefore || 0,
          },
    posts: form.posts.map(({ postId, name, leader, wanted, limit, hard }) => ({
      ...(postId !== undefined && { postId }),
      name: bothOf(name),
      ...(leader && { leaderId: leader.personId }),
      wanted,
      ...(limit !== '' && { limit }),
      ...(limit !== '' && hard && { hard }),
    })),
    ...(expectedIds && { expectedIds }),
    ...rulesOf(form.rules),
    ...assignmentsOf(form),
  };
}

function rulesForm(rules: Result<'activities.get'>['rules']): RulesForm {
  const { capacity, eligible, noGuests, evidence, closesAfterMinutes } = rules;
  const { categoryIds = [], teams = [], expected = false } = eligible ?? {};
  return {
    capacity: capacity ?? '',
    eligible: eligible ? { categoryIds, teams, expected } : null,
    guests: !noGuests,
    signature: evidence?.signature ?? false,
    photo: evidence?.photo ?? false,
    closesAfterMinutes: closesAfterMinutes ?? '',
  };
}

function rulesOf(rules: RulesForm): Partial<CallInput<'activities.save'>['activity']> {
  const { capacity, eligible, guests, signature, photo, closesAfterMinutes } = rules;
  return {
    ...(capacity !== '' && { capacity }),
    ...(eligible && {
      eligible: {
        categoryIds: eligible.categoryIds,
        teams: eligible.teams,
        ...(eligible.expected && { expected: true as const }),
      },
    }),
    ...(!guests && { noGuests: true as const }),
    ...((signature || photo) && {
      evidence: { ...(signature && { signature }), ...(photo && { photo }) },
    }),
    ...(closesAfterMinutes !== '' && { closesAfterMinutes }),
  };
}

/** Only posts that the kiosk knows can be named (`withPostIds` for those that are new). */
function assignmentsOf({ posts, assignments }: ActivityForm): { assignments?: Record<string, string> } {
  const idOf = new Map(posts.map(({ key, postId }) => [key, postId]));
  const kept = Object.entries(assignments)
    .map(([personId, key]) => [personId, idOf.get(key)] as const)
    .filter((one): one is readonly [string, string] => one[1] !== undefined);
  return kept.length > 0 ? { assignments: Object.fromEntries(kept) } : {};
}

/**
 * The form once the kiosk has given its posts their ids, in order; undefined where nothing is left to save: only people
 * who were assigned to a new post make it needed once more.
 */
export function withPostIds(
  form: ActivityForm,
  activityId: string,
  postIds: readonly string[],
): ActivityForm | undefined {
  const fresh = new Set(form.posts.filter(({ postId }) => postId === undefined).map(({ key }) => key));
  if (!Object.values(form.assignments).some((key) => fresh.has(key))) return undefined;
  const posts = form.posts.map((post, index) => ({ ...post, postId: postIds[index]! }));
  return { ...form, activityId, posts };
}

/** The form as it is when the activity starts now: the next five minutes on the clock, as long as before. */
export function startingNow(form: ActivityForm, now: string): ActivityForm {
  const length = (minutesOf(form.end) - minutesOf(form.start) + 1440) % 1440 || 60;
  const start = Math.floor(minutesOf(now.slice(11, 16)) / 5) * 5;
  return {
    ...form,
    kind: 'once',
    date: now.slice(0, 10),
    start: clockOf(start),
    end: addToClock(clockOf(start), length),
  };
}

/** "18:00" and 120 make "20:00". */
export function addToClock(clock: string, minutes: number): string {
  return clockOf(minutesOf(clock) + minutes);
}

function nextDate(now: string, end: string): string {
  const today = now.slice(0, 10);
  return end > now.slice(11, 16) ? today : addDays(today, 1);
}

function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

function minutesOf(clock: string): number {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number);
  return hours * 60 + minutes;
}

function clockOf(minutes: number): string {
  const ofDay = ((minutes % 1440) + 1440) % 1440;
  return `${String(Math.floor(ofDay / 60)).padStart(2, '0')}:${String(ofDay % 60).padStart(2, '0')}`;
}

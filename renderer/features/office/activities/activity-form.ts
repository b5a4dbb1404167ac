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
  opensMinutesBefore: number;
  posts: PostForm[];
  /** Null: as many as the posts want. */
  expectedIds: string[] | null;
}

/** The form of a stored activity. */
export function formOf({ activity, schedule, expectedIds }: Result<'activities.get'>): ActivityForm {
  return {
    activityId: activity.activityId,
    title: activity.title,
    place: activity.place,
    kind: schedule.kind,
    date: activity.startsAt.slice(0, 10),
    start: activity.startsAt.slice(11, 16),
    end: activity.endsAt.slice(11, 16),
    opensMinutesBefore: schedule.kind === 'once' ? schedule.opensMinutesBefore : 60,
    posts: activity.posts.map(({ postId, name, leader, wanted, limit }) => ({
      key: postId,
      postId,
      name,
      leader: leader ?? undefined,
      wanted,
      limit: limit ?? '',
    })),
    expectedIds,
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
    })),
    expectedIds: null,
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
        ? { kind, start, end }
        : {
            kind,
            startsAt: `${date}T${start}:00.000${offset}`,
            endsAt: `${endDate}T${end}:00.000${offset}`,
            opensMinutesBefore,
          },
    posts: form.posts.map(({ postId, name, leader, wanted, limit }) => ({
      ...(postId !== undefined && { postId }),
      name: bothOf(name),
      ...(leader && { leaderId: leader.personId }),
      wanted,
      ...(limit !== '' && { limit }),
    })),
    ...(expectedIds && { expectedIds }),
  };
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

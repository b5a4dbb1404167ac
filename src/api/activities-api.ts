import { z } from 'zod';
import type { Bilingual } from '../domain/bilingual.ts';
import type { Activity, Schedule } from '../domain/activity.ts';
import type { ActivityTemplate } from '../domain/activity-templates.ts';
import { bilingual, changing, id, isoTime, line, operation, resultOf } from './operation.ts';

/** A post as screens get it; the leader by name. */
export interface PostView {
  postId: string;
  name: Bilingual;
  leader: { personId: string; name: string } | null;
  wanted: number;
  limit: number | null;
  /** Once it is full, only staff let anybody in. */
  hard: boolean;
}

/** An activity with its taking place that belongs to now. Times are ISO 8601 with milliseconds and offset. */
export interface ActivityView {
  activityId: string;
  title: Bilingual;
  place: Bilingual;
  startsAt: string;
  endsAt: string;
  /** Is the sign-in window open now? */
  open: boolean;
  /** When sign-in opens next; while it is open, when it did. */
  opensAt: string;
  sample: boolean;
  posts: PostView[];
  /** Does it take guests at the gate? */
  guests: boolean;
  /** What people are asked to leave behind. */
  evidence: { signature: boolean; photo: boolean };
}

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time such as 18:00 is wanted');

const schedule = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('once'),
    startsAt: isoTime,
    endsAt: isoTime,
    opensMinutesBefore: z.int().min(0).max(1440).default(60),
  }),
  z.strictObject({
    kind: z.literal('daily'),
    start: clock,
    end: clock,
    /** Left out: always open. */
    opensMinutesBefore: z.int().min(0).max(1440).exactOptional(),
  }),
]) satisfies z.ZodType<Schedule>;

const post = z.strictObject({
  postId: id.exactOptional(),
  name: bilingual,
  leaderId: id.exactOptional(),
  wanted: z.int().min(0).max(10_000),
  limit: z.int().min(1).max(10_000).exactOptional(),
  hard: z.literal(true).exactOptional(),
});

const activity = z.strictObject({
  activityId: id.exactOptional(),
  title: bilingual,
  place: bilingual,
  schedule,
  posts: z.array(post).max(200),
  /** Who is expected; left out where only the posts' numbers matter. */
  expectedIds: z.array(id).max(10_000).exactOptional(),
  capacity: z.int().min(1).max(100_000).exactOptional(),
  /** Who may come: whoever is of one of these groups. */
  eligible: z
    .strictObject({
      categoryIds: z.array(id).max(100).exactOptional(),
      teams: z.array(line(64)).max(500).exactOptional(),
      expected: z.literal(true).exactOptional(),
    })
    .exactOptional(),
  noGuests: z.literal(true).exactOptional(),
  /** Which posts people were told to go to: postId by personId. */
  assignments: z.record(id, id).exactOptional(),
  evidence: z
    .strictObject({ signature: z.literal(true).exactOptional(), photo: z.literal(true).exactOptional() })
    .exactOptional(),
  closesAfterMinutes: z.int().min(0).max(1440).exactOptional(),
});

/** The rules of an activity that a screen has no use for. */
export type ActivityRules = Pick<
  Activity,
  'capacity' | 'eligible' | 'noGuests' | 'assignments' | 'evidence' | 'closesAfterMinutes'
>;

/** What can be asked about activities. `expectedIds` is null where nobody was named. */
export const activitiesApi = {
  /** Every activity, with its taking place that belongs to now. */
  'activities.list': operation('screen', z.strictObject({}), resultOf<{ activities: ActivityView[] }>()),
  'activities.get': operation(
    'screen',
    z.strictObject({ activityId: id }),
    resultOf<{
      activity: ActivityView;
      schedule: Schedule;
      expectedIds: string[] | null;
      rules: ActivityRules;
    }>(),
  ),
  /** Saves an activity: new without an `activityId`, replaced with one. */
  'activities.save': operation(
    'editor',
    changing({ activity }),
    resultOf<{ activityId: string; posts: string[] }>(),
  ),
  /** Removes an activity that nobody has signed in to. */
  'activities.remove': operation('editor', changing({ activityId: id }), resultOf<{ activityId: string }>()),
  /** What a new activity can start from. */
  'activities.templates': operation(
    'editor',
    z.strictObject({}),
    resultOf<{ templates: readonly ActivityTemplate[] }>(),
  ),
};

import { z } from 'zod';
import type { Bilingual } from '../domain/bilingual.ts';
import type { Schedule } from '../domain/activity.ts';
import type { ActivityTemplate } from '../domain/activity-templates.ts';
import { bilingual, changing, id, isoTime, operation, resultOf } from './operation.ts';

/** A post as screens get it; the leader by name. */
export interface PostView {
  postId: string;
  name: Bilingual;
  leader: { personId: string; name: string } | null;
  wanted: number;
  limit: number | null;
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
  sample: boolean;
  posts: PostView[];
}

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time such as 18:00 is wanted');

const schedule = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('once'),
    startsAt: isoTime,
    endsAt: isoTime,
    opensMinutesBefore: z.int().min(0).max(1440).default(60),
  }),
  z.strictObject({ kind: z.literal('daily'), start: clock, end: clock }),
]) satisfies z.ZodType<Schedule>;

const post = z.strictObject({
  postId: id.exactOptional(),
  name: bilingual,
  leaderId: id.exactOptional(),
  wanted: z.int().min(0).max(10_000),
  limit: z.int().min(1).max(10_000).exactOptional(),
});

const activity = z.strictObject({
  activityId: id.exactOptional(),
  title: bilingual,
  place: bilingual,
  schedule,
  posts: z.array(post).max(200),
  /** Who is expected; left out where only the posts' numbers matter. */
  expectedIds: z.array(id).max(10_000).exactOptional(),
});

/** What can be asked about activities. `expectedIds` is null where nobody was named. */
export const activitiesApi = {
  /** Every activity, with its taking place that belongs to now. */
  'activities.list': operation('screen', z.strictObject({}), resultOf<{ activities: ActivityView[] }>()),
  'activities.get': operation(
    'screen',
    z.strictObject({ activityId: id }),
    resultOf<{ activity: ActivityView; schedule: Schedule; expectedIds: string[] | null }>(),
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

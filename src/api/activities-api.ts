import { z } from 'zod';
import type { Bilingual } from '../domain/bilingual.ts';
import type { Schedule } from '../domain/activity.ts';
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
});

/** What can be asked about activities. */
export const activitiesApi = {
  /** Every activity, with its taking place that belongs to now. */
  'activities.list': operation('screen', z.strictObject({}), resultOf<{ activities: ActivityView[] }>()),
  'activities.get': operation(
    'screen',
    z.strictObject({ activityId: id }),
    resultOf<{ activity: ActivityView; schedule: Schedule }>(),
  ),
  /** Saves an activity: new without an `activityId`, replaced with one. */
  'activities.save': operation(
    'admin',
    changing({ activity }),
    resultOf<{ activityId: string; posts: string[] }>(),
  ),
};

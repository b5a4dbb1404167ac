import type { ActivityView } from '../../../src/api/activities-api.ts';
import type { Client } from '../../../src/api/client.ts';
import { addMinutes, isoWithOffsetOf } from '../../../src/domain/time.ts';

/** Nobody waits at the gate for what opens later than in so many hours. */
const HOURS_AHEAD = 24;

/** The activity whose sign-in opens next within a day, and when (ISO 8601 with the kiosk's offset). */
export async function nextOpening(
  client: Client,
  now: string,
): Promise<{ activity: ActivityView; opensAt: string } | undefined> {
  const { activities } = await client.call('activities.list', {});
  const soon = Date.parse(now) + 2 * HOURS_AHEAD * 3_600_000;
  const coming = activities.filter(
    ({ open, startsAt }) => !open && Date.parse(startsAt) > Date.parse(now) && Date.parse(startsAt) <= soon,
  );
  const openings = await Promise.all(
    coming.map(async (activity) => {
      const { schedule } = await client.call('activities.get', { activityId: activity.activityId });
      const early = schedule.kind === 'once' ? schedule.opensMinutesBefore : 0;
      return { activity, opensAt: isoWithOffsetOf(addMinutes(activity.startsAt, -early), activity.startsAt) };
    }),
  );
  const until = Date.parse(now) + HOURS_AHEAD * 3_600_000;
  return openings
    .filter(({ opensAt }) => Date.parse(opensAt) <= until)
    .sort((a, b) => Date.parse(a.opensAt) - Date.parse(b.opensAt))[0];
}

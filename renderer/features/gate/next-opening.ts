import type { ActivityView } from '../../../src/api/activities-api.ts';
import type { Client } from '../../../src/api/client.ts';

/** Nobody waits at the gate for what opens later than in so many hours. */
const HOURS_AHEAD = 24;

/** The activity whose sign-in opens next within a day. `now` is the kiosk's clock. */
export async function nextOpening(client: Client, now: string): Promise<ActivityView | undefined> {
  const { activities } = await client.call('activities.list', {});
  const until = Date.parse(now) + HOURS_AHEAD * 3_600_000;
  const opening = ({ opensAt }: ActivityView) => Date.parse(opensAt);
  return activities
    .filter((one) => !one.open && opening(one) > Date.parse(now) && opening(one) <= until)
    .sort((a, b) => opening(a) - opening(b))[0];
}

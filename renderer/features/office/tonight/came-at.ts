import type { Schedule } from '../../../../src/domain/activity.ts';
import { addMinutes, isoAt, isoWithOffsetOf, localDateOf } from '../../../../src/domain/time.ts';

/** How long after the end somebody may still be entered, in minutes. */
const AFTER_END = 6 * 60;
const DAY = 24 * 60;

/**
 * The moment at which somebody came, from the time of day "HH:MM" that was typed: on the day on which that time
 * falls into the activity, early window and six hours after the end included. Of several such days it is the last
 * that is not in the future; where there is none, the day of the start.
 * @param day the taking place of a daily activity, by its local date
 * @param now the kiosk's clock, whose offset is used
 */
export function cameAt(clock: string, schedule: Schedule, day: string | undefined, now: string): string {
  if (schedule.kind === 'daily') {
    const date = day ?? localDateOf(now);
    const overnight = schedule.end <= schedule.start;
    const at = isoAt(date, clock, now);
    // Until a night shift ends, it is that of the day before.
    return overnight && clock < schedule.end ? addMinutes(at, DAY) : at;
  }
  const from = addMinutes(isoWithOffsetOf(schedule.startsAt, now), -schedule.opensMinutesBefore);
  const to = addMinutes(isoWithOffsetOf(schedule.endsAt, now), AFTER_END);
  const fitting: string[] = [];
  for (let at = isoAt(localDateOf(from), clock, now); at <= to; at = addMinutes(at, DAY)) {
    if (at >= from) fitting.push(at);
  }
  const past = fitting.filter((at) => at <= now);
  const ofStart = isoAt(localDateOf(isoWithOffsetOf(schedule.startsAt, now)), clock, now);
  return past.at(-1) ?? fitting[0] ?? ofStart;
}

import { takingPlaceKey, type Visit } from './visit.ts';

/** Somebody who is expected, but excused. */
export interface Leave extends LeavePlace {
  /** Number of the event that said so. */
  seq: number;
  /** Local date on which it was noted. */
  notedOn: string;
  /** Empty where it is not kept any more. */
  reason: string;
}

/** Who is excused from what. */
export type LeavePlace = Pick<Visit, 'activityId' | 'takingPlace' | 'personId'>;

/** The key of a leave: one for each person and taking place. */
export function leaveKey(place: LeavePlace): string {
  return `${takingPlaceKey(place)}\n${place.personId}`;
}

import type { Bilingual } from './bilingual.ts';
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

/** The usual reasons. A leave keeps the words in which it was noted, in one language. */
export const LEAVE_REASONS = {
  ill: { zh: '病假', en: 'Ill' },
  personal: { zh: '事假', en: 'Personal matter' },
  trip: { zh: '出差', en: 'Business trip' },
  other: { zh: '其他原因', en: 'Another reason' },
} as const satisfies Record<string, Bilingual>;

/** The reason in both languages where it is a usual one; else as somebody typed it, in whatever language. */
export function leaveReasonWords(reason: string): Bilingual {
  const usual = Object.values(LEAVE_REASONS).find(({ zh, en }) => zh === reason || en === reason);
  return usual ?? { zh: reason, en: reason };
}

/** The key of a leave: one for each person and taking place. */
export function leaveKey(place: LeavePlace): string {
  return `${takingPlaceKey(place)}\n${place.personId}`;
}

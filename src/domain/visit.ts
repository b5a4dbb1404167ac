/** One person's presence at one activity. */
export interface Visit {
  visitId: string;
  /** Sequence number of the sign-in: the order of arrivals, whatever the clock said. */
  seq: number;
  activityId: string;
  personId: string;
  postId: string | null;
  signedInAt: string;
  /** Which taking place of a daily activity: its local date. */
  takingPlace?: string;
  /** Marked when the post was already full. */
  overLimit?: true;
  /** Why somebody chose a full post. */
  reason?: string;
  /** Entered by staff for somebody: when, and why in `reason`. `signedInAt` is then what staff said. */
  enteredAt?: string;
  undoneAt?: string;
  /** Sequence number of what undid it. */
  undoneSeq?: number;
  /** Why staff declared the visit void; it counts as undone. Empty where the reason is not kept any more. */
  voidReason?: string;
  /** Its times or its taking place were moved because the clock had been wrong. */
  timeCorrected?: true;
  /** Once the clock was corrected it was a second sign-in of the same taking place; it counts as undone. */
  doubled?: true;
  /** Only the dates of its times are kept: they say midnight, reasons are gone. */
  timeDropped?: true;
}

/** For how long a person may undo their own sign-in (DESIGN.md section 5). Afterwards only staff may. */
export const UNDO_SECONDS = 30;

/** The key of one taking place of an activity: one open visit per person there. */
export function takingPlaceKey({
  activityId,
  takingPlace,
}: Pick<Visit, 'activityId' | 'takingPlace'>): string {
  return `${activityId}\n${takingPlace ?? ''}`;
}

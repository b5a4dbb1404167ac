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
  /** Why staff declared the visit void; it counts as undone. */
  voidReason?: string;
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

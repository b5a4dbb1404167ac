/** One person's presence at one activity. */
export interface Visit {
  visitId: string;
  /** Sequence number of the sign-in: the order of arrivals, whatever the clock said. */
  seq: number;
  activityId: string;
  personId: string;
  postId: string | null;
  signedInAt: string;
  /** Local date of the activity's taking place. */
  date: string;
  /** Marked when the post was already full. */
  overLimit?: true;
  /** Why somebody chose a full post. */
  reason?: string;
  undoneAt?: string;
}

/** For how long a person may undo their own sign-in (DESIGN.md section 5). Afterwards only staff may. */
export const UNDO_SECONDS = 30;

/** One open visit per person and taking place of an activity: the key under which it is kept. */
export function openVisitKey(visit: Pick<Visit, 'activityId' | 'date' | 'personId'>): string {
  return `${visit.activityId}\n${visit.date}\n${visit.personId}`;
}

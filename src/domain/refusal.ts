import type { Bilingual } from './bilingual.ts';

/** Every business "no", with what a screen needs to explain it. */
export type RefusalReason =
  | { code: 'gesture-reused' }
  | { code: 'already-signed-in'; visitId: string; postId: string | null; signedInAt: string }
  | { code: 'visits-overlap'; visitId: string; signedInAt: string; endedAt: string | null }
  | { code: 'open-elsewhere'; visitId: string; activityId: string; title: Bilingual; signedInAt: string }
  | { code: 'activity-unknown' }
  | { code: 'person-unknown' }
  | { code: 'post-unknown' }
  | { code: 'leader-unknown'; leaderId: string }
  | { code: 'visit-unknown' }
  | { code: 'visit-undone'; undoneAt: string }
  | { code: 'undo-too-late'; seconds: number }
  | { code: 'not-open'; opensAt: string; endsAt: string }
  | { code: 'not-eligible' }
  | { code: 'activity-full'; capacity: number }
  | { code: 'post-full'; postId: string; name: Bilingual; limit: number }
  | { code: 'reason-missing'; postId: string; name: Bilingual; limit: number }
  | { code: 'signed-out'; at: string }
  | { code: 'not-signed-out' }
  | { code: 'closed-already'; at: string }
  | { code: 'came-again' }
  | { code: 'corrected-by-staff' }
  | { code: 'not-planned' }
  | { code: 'not-vouched' }
  | { code: 'not-your-post'; postId: string; name: Bilingual }
  | { code: 'not-your-call' }
  | { code: 'leave-in-past' }
  | { code: 'nobody-there' }
  | { code: 'times-dropped' }
  | { code: 'left-before-arrival'; signedInAt: string }
  | { code: 'leave-unknown' }
  | { code: 'badge-taken'; name: string }
  | { code: 'badge-unknown' }
  | { code: 'too-many-badges'; most: number }
  | { code: 'guest-unknown' }
  | { code: 'guest-not-matched' }
  | { code: 'no-guests' }
  | { code: 'evidence-not-asked' }
  | { code: 'evidence-there' }
  | { code: 'evidence-too-late' }
  | { code: 'slogan-unknown' }
  | { code: 'album-unknown' }
  | { code: 'album-name-taken'; name: string }
  | { code: 'show-unknown' }
  | { code: 'photo-unknown' }
  | { code: 'not-taken-down' }
  | { code: 'put-back-too-late'; seconds: number }
  | { code: 'category-unknown'; categoryId: string }
  | { code: 'staff-number-taken'; staffNo: string; name: string }
  | { code: 'times-in-wrong-order' }
  | { code: 'nobody-eligible' }
  | { code: 'post-twice'; postId: string }
  | { code: 'post-has-visits'; postId: string; name: Bilingual }
  | { code: 'activity-has-visits'; visits: number }
  | { code: 'schedule-kind-fixed'; visits: number }
  | { code: 'date-fixed'; visits: number; date: string }
  | { code: 'time-in-future'; at: string }
  | { code: 'time-outside-activity'; from: string; to: string }
  | { code: 'sample-present' }
  | { code: 'sample-absent' }
  | { code: 'jump-unknown' }
  | { code: 'jump-settled' }
  | { code: 'jump-size-unknown' }
  | { code: 'clock-in-doubt' }
  | { code: 'date-in-future'; date: string };

/** The code of a refusal, which scripts may rely on. */
export type RefusalCode = RefusalReason['code'];

/** A business "no". Thrown by `decide`, carried to the person by the dispatcher. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly reason: RefusalReason;

  constructor(reason: RefusalReason) {
    super(reason.code);
    this.reason = reason;
  }
}

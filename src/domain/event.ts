import type { Activity } from './activity.ts';
import type { AttemptData } from './attempt.ts';
import type { Evidence } from './evidence.ts';
import type { Guest } from './guest.ts';
import type { LeavePlace } from './leave.ts';
import type { Person } from './person.ts';
import type { Album, Photo, PhotoWords, Turn } from './photo.ts';
import type { Role } from './role.ts';
import type { Settings } from './settings.ts';
import type { Show } from './show.ts';
import type { Slogan } from './slogan.ts';
import type { SignOut, Visit } from './visit.ts';

/** Everything that can happen, by type: the vocabulary of the journal. */
export interface EventData {
  'settings-changed': Settings;
  'activity-saved': { activity: Activity };
  'activity-removed': { activityId: string };
  'people-saved': { people: Person[] };
  'people-removed': { personIds: string[] };
  'visit-signed-in': Pick<
    Visit,
    | 'activityId'
    | 'personId'
    | 'postId'
    | 'takingPlace'
    | 'reason'
    | 'overLimit'
    | 'overCapacity'
    | 'by'
    | 'notice'
    | 'enteredAt'
    | 'timeCorrected'
    | 'timeDropped'
  > & {
    /** Somebody who is on no roster; `personId` is new then. */
    guest?: Guest;
    /** Where staff entered it later, or where only the date is kept; else the event's own time. */
    signedInAt?: string;
    /** Visits of theirs elsewhere that ended with it, as measured. */
    left?: SignOutData['visits'];
    /** Where staff entered a visit that was over: its end, and as whom they did; `minutes` where only the dates are kept. */
    ended?: Pick<SignOut, 'at' | 'by' | 'minutes'>;
  };
  /** A leader's roll-call: one visit each, `<event id>-1` and so on. */
  'roll-called': RollCallData;
  'guest-matched': { guestId: string; personId: string };
  'guest-unmatched': { guestId: string };
  'evidence-added': { visitId: string } & Evidence;
  'leave-noted': LeavePlace & { reason: string };
  'leave-withdrawn': LeavePlace;
  'attempt-refused': AttemptData;
  'visit-undone': { visitId: string };
  /** Several at once, as a roll-call that was a mistake. */
  'visits-undone': { visitIds: string[] };
  'visit-voided': { visitId: string; reason: string };
  'post-changed': { visitId: string; postId: string; overLimit?: true; reason?: string };
  'stay-announced': { visitId: string };
  'visits-signed-out': SignOutData;
  'sign-outs-undone': SignOutsUndone;
  'sign-outs-accepted': { visitIds: string[] };
  'slogan-saved': { slogan: Slogan };
  'slogan-removed': { sloganId: string };
  'photos-added': { album: Album; photos: Photo[] };
  'photo-hidden': { photoId: string; hidden: boolean };
  'photo-taken-down': { photoId: string };
  'photos-accepted': { photoIds: string[] };
  'photo-described': PhotoWords;
  /** How far it is turned now, and what stands there until the turned picture does. */
  'photo-turned': { photoId: string; turned: Turn; thumbhash: string };
  'photos-deleted': { photoIds: string[] };
  'photos-readmitted': { photoIds: string[] };
  'photos-moved': { albumId: string; photoIds: string[] };
  'album-saved': { album: Album };
  'show-saved': { show: Show };
  'show-removed': { showId: string };
  'sample-added': SampleData;
  'sample-removed': Record<never, never>;
  'clock-jumped': ClockJumpData;
  'clock-corrected': ClockCorrection;
  'people-erased': { personIds: string[] };
  /** Visits whose local date is earlier than `before` ("YYYY-MM-DD") keep the date only, and no reasons. */
  'times-dropped': { before: string };
  'store-repaired': RepairData;
  /** A backup is about to be written: should the power be cut before it is noted, it is known all the same. */
  'backup-begun': { path: string; dropped: string[] };
  'backup-made': BackupData;
  /** A backup was written again without what had been erased since. */
  'backup-redacted': { path: string; bytes: number };
}

/** Who was signed in together, by whom, and where. */
export type RollCallData = Pick<
  Visit,
  'activityId' | 'takingPlace' | 'postId' | 'timeCorrected' | 'timeDropped'
> & {
  vouchedBy: string | null;
  people: Pick<Visit, 'personId' | 'overLimit' | 'overCapacity'>[];
  /** Where only the date is kept; else the event's own time. */
  signedInAt?: string;
};

/** Visits that ended together; `at` where that was not when it was noted. */
export interface SignOutData {
  how: SignOut['how'];
  /** Why staff corrected it, and as whom: one visit then. */
  reason?: string;
  by?: Role;
  visits: {
    visitId: string;
    at?: string;
    /** Where only the dates are kept. */
    minutes?: number;
  }[];
}

/** Visits that go on again; those of `toEarlierEnd` do not, they end again as before they were corrected. */
export interface SignOutsUndone {
  visitIds: string[];
  toEarlierEnd?: string[];
  /** Who goes on at a post, or an activity, that has become full meanwhile. */
  overLimit?: string[];
  overCapacity?: string[];
}

/**
 * The system's clock moved by `byMs` milliseconds against the clock that only runs forward. `before` is what it
 * should have shown, `after` what it showed, both ISO 8601 with offset and without the kiosk's own correction.
 * `byMs` is null where, at a start, it stood before the last stored event and nobody knows by how much.
 */
export interface ClockJumpData {
  byMs: number | null;
  before: string;
  after: string;
  /** Number of the first event of the process that noticed: from it up to the jump, times are of the old setting. */
  sinceSeq: number;
}

/** Staff said which side of a jump was right. */
export interface ClockCorrection {
  /** The id of the jump's event. */
  jumpId: string;
  right: 'before' | 'after';
  /** Visits that turn out to be second sign-ins of the same taking place. */
  doubles?: string[];
}

/** Damage in the store that staff decided to go on without; `to` is null where the end is not known. */
export interface RepairData {
  missing: { from: number; to: number | null }[];
  /** Names of the files concerned. */
  files: string[];
}

/** A backup that was written and checked. */
export interface BackupData {
  path: string;
  bytes: number;
  /** Are the photos inside? */
  photos: boolean;
  /** Number of the last event inside. */
  lastSeq: number;
  /** Paths of older backups that went to make room. */
  dropped: string[];
}

/** Everything the sample brings, but for its photos, which go through the ordinary import. */
export interface SampleData {
  activities: Activity[];
  people: Person[];
  slogans: Slogan[];
}

/** The type of an event. */
export type EventType = keyof EventData;

/**
 * One touch, click or call that changed something. The same id with the same fingerprint of its input is
 * the same gesture, and gets the same answer again.
 */
export interface Gesture {
  id: string;
  /** Empty where it was made from words about somebody who is erased: then no input is the same any more. */
  fingerprint: string;
  answer: unknown;
}

/** An event as decided, before the journal has given it a number. */
export type NewEvent = {
  [T in EventType]: { type: T; data: EventData[T]; gesture?: Gesture };
}[EventType];

/** One thing that happened, as stored. `id` is the gate id and the sequence number. */
export type Event = NewEvent & { seq: number; id: string; at: string };

/** An event's id: unique over all gates, because the sequence is the gate's own (DESIGN.md section 4). */
export function eventId(gateId: string, seq: number): string {
  return `${gateId}-${seq}`;
}

/** The id of the visit of the person at `index` of a roll-call. */
export function rollCallVisitId(eventId: string, index: number): string {
  return `${eventId}-${index + 1}`;
}

import type { Bilingual } from './bilingual.ts';
import type { Activity, Post } from './activity.ts';
import type { BackupData, ClockJumpData, RepairData, SampleData } from './event.ts';
import type { Attempted } from './attempt.ts';
import type { Evidence } from './evidence.ts';
import type { Guest } from './guest.ts';
import type { LeavePlace } from './leave.ts';
import type { PersonDraft } from './person.ts';
import type { NewPhoto, PhotoWords, Turn } from './photo.ts';
import type { RefusalCode } from './refusal.ts';
import type { Role } from './role.ts';
import type { Settings } from './settings.ts';
import type { Show } from './show.ts';
import type { Slogan } from './slogan.ts';

/** An activity as typed: ids are given to what has none. */
export type ActivityDraft = Omit<Activity, 'activityId' | 'posts' | 'sample' | 'pastSchedules'> & {
  activityId?: string;
  posts: (Omit<Post, 'postId'> & { postId?: string })[];
};

/** Settings as given: the version of the notice is the kiosk's to count. */
export type SettingsDraft = Partial<Omit<Settings, 'notice' | 'noticeVersion'>> & {
  notice?: { text: Bilingual } | null;
};

/** What somebody may ask for. */
export type Command =
  | { type: 'change-settings'; settings: SettingsDraft }
  | { type: 'save-activity'; activity: ActivityDraft }
  | { type: 'remove-activity'; activityId: string }
  | { type: 'save-person'; person: PersonDraft }
  | { type: 'import-people'; people: PersonDraft[] }
  | { type: 'remove-people'; personIds: string[] }
  | {
      type: 'sign-in';
      activityId: string;
      personId: string;
      postId?: string;
      /** Signs out wherever else they are. */
      leaveOther?: true;
      reason?: string;
      by?: 'badge';
      notice?: number;
    }
  | {
      type: 'call-roll';
      activityId: string;
      postId: string | null;
      personIds: string[];
      leaderId: string | null;
    }
  | {
      type: 'sign-in-guest';
      activityId: string;
      postId?: string;
      guest: Guest;
      /** Not the guest of that name who is inside already. */
      another?: true;
      reason?: string;
      notice?: number;
    }
  | { type: 'match-guest'; guestId: string; personId: string }
  | { type: 'unmatch-guest'; guestId: string }
  | ({ type: 'add-evidence'; visitId: string } & Evidence)
  | ({ type: 'note-leave'; reason: string } & LeavePlace)
  | ({ type: 'withdraw-leave' } & LeavePlace)
  | ({ type: 'note-attempt'; code: RefusalCode } & Attempted)
  | { type: 'link-badge'; personId: string; badge: string }
  | { type: 'unlink-badges'; personId: string }
  | { type: 'undo-roll-call'; visitIds: string[]; leaderId?: string }
  | { type: 'change-post'; visitId: string; postId: string; reason?: string }
  | { type: 'sign-out'; visitId: string }
  | { type: 'sign-out-all'; activityId: string; postId?: string }
  | { type: 'announce-stay'; visitId: string }
  | { type: 'close-forgotten' }
  | { type: 'correct-sign-out'; visitId: string; at: string; reason: string }
  | { type: 'undo-sign-outs'; visitIds: string[] }
  | { type: 'accept-sign-outs'; visitIds: string[] }
  | { type: 'undo-sign-in'; visitId: string }
  | { type: 'void-visit'; visitId: string; reason: string }
  | {
      type: 'add-visit';
      activityId: string;
      personId: string;
      postId?: string;
      signedInAt?: string;
      /** When they left, where that is known. */
      leftAt?: string;
      reason: string;
    }
  | { type: 'save-slogan'; slogan: Omit<Slogan, 'sloganId' | 'sample'> & { sloganId?: string } }
  | { type: 'remove-slogan'; sloganId: string }
  | { type: 'add-photos'; albumName: string; photos: NewPhoto[]; sample?: true }
  | { type: 'hide-photo'; photoId: string; hidden: boolean }
  | { type: 'take-photo-down'; photoId: string }
  | { type: 'put-photo-back'; photoId: string; takenDownBy: string }
  | { type: 'accept-photos'; photoIds: string[] }
  | ({ type: 'describe-photo' } & PhotoWords)
  | { type: 'turn-photo'; photoId: string; turned: Turn; thumbhash: string }
  | { type: 'delete-photos'; photoIds: string[] }
  | { type: 'readmit-photos'; photoIds: string[] }
  | { type: 'move-photos'; albumId: string; photoIds: string[] }
  | { type: 'rename-album'; albumId: string; name: string }
  | { type: 'reveal-album'; albumId: string; revealAt: string | null }
  | { type: 'save-show'; show: Omit<Show, 'showId'> & { showId?: string } }
  | { type: 'remove-show'; showId: string }
  | { type: 'add-sample'; sample: SampleData }
  | { type: 'remove-sample' }
  | ({ type: 'note-clock-jump' } & ClockJumpData)
  | { type: 'correct-clock'; jumpId: string; right: 'before' | 'after' }
  | { type: 'erase-people'; personIds: string[] }
  | { type: 'drop-times'; before: string }
  | ({ type: 'note-repair' } & RepairData)
  | { type: 'note-backup-begun'; path: string; dropped: string[] }
  | ({ type: 'note-backup' } & BackupData)
  | { type: 'note-backup-redacted'; path: string; bytes: number };

/** Who asks, when, and by which gesture. */
export interface Asking {
  /** ISO 8601 with milliseconds and offset. */
  at: string;
  role: Role;
  gesture: { id: string; fingerprint: string };
}

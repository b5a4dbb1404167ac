import type { Activity, Post } from './activity.ts';
import type { SampleData } from './event.ts';
import type { PersonDraft } from './person.ts';
import type { Photo } from './photo.ts';
import type { Role } from './role.ts';
import type { Settings } from './settings.ts';
import type { Slogan } from './slogan.ts';

/** An activity as typed: ids are given to what has none. */
export type ActivityDraft = Omit<Activity, 'activityId' | 'posts' | 'sample'> & {
  activityId?: string;
  posts: (Omit<Post, 'postId'> & { postId?: string })[];
};

/** What somebody may ask for. */
export type Command =
  | { type: 'change-settings'; settings: Partial<Settings> }
  | { type: 'save-activity'; activity: ActivityDraft }
  | { type: 'save-person'; person: PersonDraft }
  | { type: 'import-people'; people: PersonDraft[] }
  | { type: 'sign-in'; activityId: string; personId: string; postId?: string; reason?: string }
  | { type: 'undo-sign-in'; visitId: string }
  | { type: 'save-slogan'; slogan: Omit<Slogan, 'sloganId' | 'sample'> & { sloganId?: string } }
  | { type: 'add-photos'; albumName: string; photos: Omit<Photo, 'albumId'>[]; sample?: true }
  | { type: 'hide-photo'; photoId: string; hidden: boolean }
  | { type: 'add-sample'; sample: SampleData }
  | { type: 'remove-sample' };

/** Who asks, when, and by which gesture. */
export interface Asking {
  /** ISO 8601 with milliseconds and offset. */
  at: string;
  role: Role;
  gesture: { id: string; fingerprint: string };
}

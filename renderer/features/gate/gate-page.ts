import type { RefusalView } from '../../../src/api/answer.ts';
import type { PostView } from '../../../src/api/activities-api.ts';
import type { PersonView } from '../../../src/api/people-api.ts';
import type { Bilingual } from '../../../src/domain/bilingual.ts';
import type { SuggestedPost } from '../../../src/domain/suggest-post.ts';

/** Where the gate is. One question a page. */
export type GatePage =
  | { name: 'idle' }
  | { name: 'activities' }
  | { name: 'finder' }
  | { name: 'guest' }
  | { name: 'posts'; knownFull?: PostView }
  | { name: 'reason'; post: PostView }
  | { name: 'saving'; person: PersonView | undefined }
  | { name: 'greeting'; signedIn: SignedIn }
  | { name: 'signature'; signedIn: SignedIn }
  | { name: 'camera'; signedIn: SignedIn }
  | { name: 'undone'; person: PersonView }
  | { name: 'already'; person: PersonView; visit: OpenVisit }
  | { name: 'elsewhere'; person: PersonView; elsewhere: Elsewhere }
  | { name: 'sure'; person: PersonView; visit: OpenVisit }
  | { name: 'left'; person: PersonView; left: NonNullable<PersonView['left']> }
  | { name: 'signedOut'; signedOut: SignedOut }
  | { name: 'notice'; kind: NoticeKind; person?: PersonView; post?: PostView }
  | { name: 'unknownBadge'; badge: string }
  | { name: 'staff'; badge: string }
  | { name: 'linked'; badge: string; person: PersonView }
  | { name: 'refused'; refusal: RefusalView }
  | { name: 'rollCall' }
  | { name: 'trouble'; refusal: RefusalView | undefined; retry: () => Promise<void> };

/** A sign-in that the disk has confirmed. */
export interface SignedIn {
  visitId: string;
  person: PersonView;
  /** A guest's. */
  organisation?: string;
  post: PostView | null;
  /** As stored, by the kiosk's clock. */
  signedInAt: string;
  /** Of all visits that are over, in whole minutes. */
  minutesSoFar: number;
  /** How the post was known, where nobody chose it. */
  why?: SuggestedPost['why'];
}

/** An open visit at another activity, as an `open-elsewhere` refusal tells of it. */
export interface Elsewhere {
  title: Bilingual;
  signedInAt: string;
}

/** An open visit, as the gate knows it. */
export type OpenVisit = NonNullable<PersonView['visit']>;

/** A sign-out that the disk has confirmed. */
export interface SignedOut {
  visitId: string;
  person: PersonView;
  /** Whole minutes of this visit, and of all that count. */
  minutes: number;
  minutesSoFar: number;
}

/** Pages that say one thing and go by themselves. */
export type NoticeKind = 'moved' | 'staying' | 'backIn' | 'nothingOpen';

import type { Activity } from './activity.ts';
import type { Person } from './person.ts';
import type { Album, Photo } from './photo.ts';
import type { Settings } from './settings.ts';
import type { Show } from './show.ts';
import type { Slogan } from './slogan.ts';
import type { Visit } from './visit.ts';

/** Everything that can happen, by type: the vocabulary of the journal. */
export interface EventData {
  'settings-changed': Settings;
  'activity-saved': { activity: Activity };
  'activity-removed': { activityId: string };
  'people-saved': { people: Person[] };
  'people-removed': { personIds: string[] };
  'visit-signed-in': Pick<
    Visit,
    'activityId' | 'personId' | 'postId' | 'takingPlace' | 'reason' | 'overLimit' | 'enteredAt'
  > & {
    /** Where staff entered it later; else the event's own time. */
    signedInAt?: string;
  };
  'visit-undone': { visitId: string };
  'visit-voided': { visitId: string; reason: string };
  'slogan-saved': { slogan: Slogan };
  'slogan-removed': { sloganId: string };
  'photos-added': { album: Album; photos: Photo[] };
  'photo-hidden': { photoId: string; hidden: boolean };
  'photos-moved': { albumId: string; photoIds: string[] };
  'album-saved': { album: Album };
  'show-saved': { show: Show };
  'show-removed': { showId: string };
  'sample-added': SampleData;
  'sample-removed': Record<never, never>;
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

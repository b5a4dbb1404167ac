import type { Topic } from '../api/contract.ts';
import type { EventType } from '../domain/event.ts';

/** What screens are told to ask again after each event. */
export const TOPICS_OF: Record<EventType, readonly Topic[]> = {
  'settings-changed': ['settings'],
  'activity-saved': ['activities'],
  'people-saved': ['people'],
  'visit-signed-in': ['attendance'],
  'visit-undone': ['attendance'],
  'slogan-saved': ['slogans'],
  'photos-added': ['photos'],
  'photo-hidden': ['photos'],
  'sample-added': ['activities', 'people', 'slogans'],
  'sample-removed': ['activities', 'people', 'attendance', 'photos', 'slogans'],
};

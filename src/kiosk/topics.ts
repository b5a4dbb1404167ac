import type { Topic } from '../api/contract.ts';
import type { EventType } from '../domain/event.ts';

/** What screens are told to ask again after each event. */
export const TOPICS_OF: Record<EventType, readonly Topic[]> = {
  'settings-changed': ['settings'],
  'activity-saved': ['activities'],
  'activity-removed': ['activities'],
  'people-saved': ['people'],
  'people-removed': ['people'],
  'visit-signed-in': ['attendance'],
  'visit-undone': ['attendance'],
  'visit-voided': ['attendance'],
  'slogan-saved': ['slogans'],
  'slogan-removed': ['slogans'],
  'photos-added': ['photos'],
  'photo-hidden': ['photos'],
  'photos-moved': ['photos'],
  'album-saved': ['photos'],
  'show-saved': ['shows'],
  'show-removed': ['shows'],
  'clock-jumped': ['health'],
  'clock-corrected': ['attendance', 'health'],
  'people-erased': ['people', 'activities', 'attendance', 'health'],
  'times-dropped': ['attendance', 'health'],
  'store-repaired': ['health'],
  'backup-begun': [],
  'backup-made': ['health'],
  'backup-redacted': ['health'],
  'sample-added': ['activities', 'people', 'slogans'],
  'sample-removed': ['activities', 'people', 'attendance', 'photos', 'slogans', 'shows'],
};

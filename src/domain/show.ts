import type { Bilingual } from './bilingual.ts';

/** One part of a show: what it puts on the screen, in the order of the list. */
export type ShowItem =
  | { kind: 'welcome' }
  | { kind: 'album'; albumId: string }
  | { kind: 'all-photos' }
  | { kind: 'slogan'; sloganId: string }
  | { kind: 'all-slogans' }
  | { kind: 'count' };

/** An ordered, timed run of photos and slogans for a meeting. */
export interface Show {
  showId: string;
  title: Bilingual;
  items: ShowItem[];
  /** How long each slide stays. */
  secondsPerSlide: number;
}

/** The show of a kiosk that has none of its own: everything there is. */
export const DEFAULT_SHOW: Omit<Show, 'showId'> = {
  title: { en: 'Photos and slogans', zh: '照片与标语' },
  items: [{ kind: 'welcome' }, { kind: 'all-slogans' }, { kind: 'all-photos' }, { kind: 'count' }],
  secondsPerSlide: 8,
};

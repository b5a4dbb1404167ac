import type { Bilingual } from './bilingual.ts';
import type { ScreenChoice } from './screen.ts';

/** English or Simplified Chinese. */
export type Language = 'en' | 'zh';
/** Red and gold, or neutral. */
export type Theme = 'festive' | 'calm';

/** The privacy notice; the version goes up whenever its words change. */
export interface Notice {
  version: number;
  text: Bilingual;
}

/** Whole names, surnames with the rest masked, or none until somebody looks for themselves. */
export type NamesShown = 'full' | 'surname' | 'none';

/** Switches for everybody's hands, eyes and ears. */
export interface ScreenAccess {
  /** Controls in the lower half. */
  lowReach: boolean;
  /** The pad left, people right. */
  mirrored: boolean;
  highContrast: boolean;
  largeType: boolean;
  /** Nothing moves, whatever the system says. */
  reducedMotion: boolean;
}

/** What one kiosk is set to. */
export interface Settings {
  kioskName: Bilingual;
  organisation: Bilingual;
  /** Language of the screen until somebody switches it. */
  language: Language;
  theme: Theme;
  /** Whom an error page asks people to call. */
  whomToCall: Bilingual;
  /** What each display shows, the primary one first; displays beyond the list show what `screensOf` says. */
  screens: ScreenChoice[];
  /** Diagonal of the gate's screen, so that 20 mm are 20 mm; null: as on 15.6 inches of 1920 by 1080. */
  screenInches: number | null;
  /** Where backups go by themselves, at which hour (0 to 23) and whether with photos; null: none are made unasked. */
  backup: { folder: string; hour: number; photos: boolean } | null;
  /** What people read before they give anything away, with its version; null: nothing. */
  notice: Notice | null;
  /** The version of the latest notice, though it may hang there no more. */
  noticeVersion: number;
  /** How much of the names bystanders see on wall, board and in the list of the gate. */
  names: NamesShown;
  /** Is a sound played when somebody signs in? */
  sound: boolean;
  /** How the gate looks and where its controls are. */
  access: ScreenAccess;
  /** Do new photos wait until staff say yes? */
  photosWait: boolean;
  /** A folder whose new photos come in by themselves, and the album they go to; null: none. */
  watch: { folder: string; albumName: string } | null;
  /** For how many days the exact times of visits are kept; null: for good. */
  keepTimesDays: number | null;
}

/** What a new kiosk is set to. */
export const DEFAULT_SETTINGS: Settings = {
  kioskName: { en: 'Muster', zh: '集结' },
  organisation: { en: '', zh: '' },
  language: 'zh',
  theme: 'festive',
  whomToCall: { en: 'the organiser', zh: '活动组织者' },
  screens: [],
  screenInches: null,
  backup: null,
  notice: null,
  noticeVersion: 0,
  names: 'full',
  sound: true,
  access: {
    lowReach: false,
    mirrored: false,
    highContrast: false,
    largeType: false,
    reducedMotion: false,
  },
  photosWait: false,
  watch: null,
  keepTimesDays: null,
};

import type { Bilingual } from './bilingual.ts';

export type Language = 'en' | 'zh';
export type Theme = 'festive' | 'calm';

/** What one kiosk is set to. */
export interface Settings {
  kioskName: Bilingual;
  organisation: Bilingual;
  /** Language of the screen until somebody switches it. */
  language: Language;
  theme: Theme;
  /** Whom an error page asks people to call. */
  whomToCall: Bilingual;
}

export const DEFAULT_SETTINGS: Settings = {
  kioskName: { en: 'Muster', zh: '集结' },
  organisation: { en: '', zh: '' },
  language: 'zh',
  theme: 'festive',
  whomToCall: { en: 'the organiser', zh: '活动组织者' },
};

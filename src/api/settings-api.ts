import { z } from 'zod';
import type { Category } from '../domain/category.ts';
import type { Settings } from '../domain/settings.ts';
import { SCREENS } from '../domain/screen.ts';
import { bilingual, bilingualOrEmpty, changing, id, line, operation, resultOf } from './operation.ts';

/** A few sentences in both languages. */
const noticeText = z.strictObject({ en: line(2000), zh: line(2000) });

const settings = z.strictObject({
  kioskName: bilingual.exactOptional(),
  organisation: bilingualOrEmpty.exactOptional(),
  language: z.enum(['en', 'zh']).exactOptional(),
  theme: z.enum(['festive', 'calm']).exactOptional(),
  whomToCall: bilingual.exactOptional(),
  screens: z
    .array(z.strictObject({ screen: z.enum(SCREENS), showId: id.exactOptional() }))
    .max(16)
    .exactOptional(),
  screenInches: z.number().min(7).max(120).nullable().exactOptional(),
  backup: z
    .strictObject({ folder: z.string().min(1).max(4096), hour: z.int().min(0).max(23), photos: z.boolean() })
    .nullable()
    .exactOptional(),
  /** The kiosk counts the version up whenever the words change. */
  notice: z.strictObject({ text: noticeText }).nullable().exactOptional(),
  names: z.enum(['full', 'surname', 'none']).exactOptional(),
  sound: z.boolean().exactOptional(),
  access: z
    .strictObject({
      lowReach: z.boolean(),
      mirrored: z.boolean(),
      highContrast: z.boolean(),
      largeType: z.boolean(),
      reducedMotion: z.boolean(),
    })
    .exactOptional(),
  photosWait: z.boolean().exactOptional(),
  /** The folder must lie in one of the places. Code: `place-unknown`. */
  watch: z
    .strictObject({ folder: z.string().min(1).max(4096), albumName: line(80) })
    .nullable()
    .exactOptional(),
  keepTimesDays: z.int().min(1).max(3650).nullable().exactOptional(),
});

/** What can be asked about the kiosk's settings. */
export const settingsApi = {
  'settings.get': operation(
    'screen',
    z.strictObject({}),
    resultOf<{ settings: Settings; categories: Category[] }>(),
  ),
  /** Changes the settings that are given; the others stay. */
  'settings.save': operation('admin', changing({ settings }), resultOf<Settings>()),
};

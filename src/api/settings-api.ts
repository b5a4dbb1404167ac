import { z } from 'zod';
import type { Category } from '../domain/category.ts';
import type { Settings } from '../domain/settings.ts';
import { SCREENS } from '../domain/screen.ts';
import { bilingual, bilingualOrEmpty, changing, id, operation, resultOf } from './operation.ts';

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

import { z } from 'zod';
import type { Category } from '../domain/category.ts';
import type { Settings } from '../domain/settings.ts';
import { bilingual, changing, operation, resultOf } from './operation.ts';

const settings = z.strictObject({
  kioskName: bilingual.exactOptional(),
  organisation: bilingual.exactOptional(),
  language: z.enum(['en', 'zh']).exactOptional(),
  theme: z.enum(['festive', 'calm']).exactOptional(),
  whomToCall: bilingual.exactOptional(),
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

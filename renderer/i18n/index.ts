import { createI18n } from 'vue-i18n';
import { en } from './en.ts';
import { zh } from './zh.ts';

export const i18n = createI18n({ legacy: false, locale: 'zh', messages: { en, zh } });

import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
import type { Bilingual } from '../../src/domain/bilingual.ts';
import type { Language } from '../../src/domain/settings.ts';

/** HTML language tags, so that a screen reader and the font know which language a text is in. */
export const LANGUAGE_TAGS: Record<Language, string> = { en: 'en', zh: 'zh-CN' };

const DATE_TAGS: Record<Language, string> = { en: 'en-GB', zh: 'zh-CN' };
const DAY_IN_FULL = { weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' } as const;

/** Texts in the person's language and, beside it, in the other one. */
export function useWords() {
  const { t, locale } = useI18n();
  const language = computed(() => locale.value as Language);
  const other = computed<Language>(() => (language.value === 'zh' ? 'en' : 'zh'));

  return {
    t,
    language,
    other,
    /** A text of the interface in the other language. */
    tOther: (key: string, named: Record<string, unknown> = {}) => t(key, named, { locale: other.value }),
    words: (text: Bilingual) => text[language.value],
    /** In the other language; nothing where somebody gave the same words for both. */
    otherWords: (text: Bilingual) => (text[other.value] === text[language.value] ? '' : text[other.value]),
    /** A time of day, "18:03", as the gate's clock had it. */
    timeOf: (at: string) => at.slice(11, 16),
    /** A local date, "2026-11-22", with its day of the week: "Sunday, 22 November 2026". */
    dayOf: (date: string) =>
      new Date(`${date}T00:00:00Z`).toLocaleDateString(DATE_TAGS[language.value], {
        ...DAY_IN_FULL,
        timeZone: 'UTC',
      }),
  };
}

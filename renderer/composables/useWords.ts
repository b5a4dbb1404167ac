import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
import type { Bilingual } from '../../src/domain/bilingual.ts';
import type { Language } from '../../src/domain/settings.ts';

/** HTML language tags, so that a screen reader and the font know which language a text is in. */
export const LANGUAGE_TAGS: Record<Language, string> = { en: 'en', zh: 'zh-CN' };

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
    otherWords: (text: Bilingual) => text[other.value],
    /** A time of day, "18:03", as the gate's clock had it. */
    timeOf: (at: string) => at.slice(11, 16),
  };
}

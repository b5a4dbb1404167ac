import { computed, ref } from 'vue';
import { candidatesFor, isBeginning } from './pinyin-candidates.ts';

/** The syllable that is being typed and the characters it may stand for: surnames first where one `isSurname`. */
export function useComposing(isSurname: () => boolean) {
  const syllable = ref('');
  const candidates = computed(() => (syllable.value ? candidatesFor(syllable.value, isSurname()) : []));

  /** Adds a letter; one that leads to no character is not taken. */
  function add(letter: string): void {
    const longer = syllable.value + letter;
    if (isBeginning(longer)) syllable.value = longer;
  }

  function shorten(): void {
    syllable.value = syllable.value.slice(0, -1);
  }

  function clear(): void {
    syllable.value = '';
  }

  return { syllable, candidates, add, shorten, clear };
}

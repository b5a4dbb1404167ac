import { computed, ref } from 'vue';
import { candidatesFor, MAX_SYLLABLE } from './pinyin-candidates.ts';

/** The syllable that is being typed and the characters it may stand for. */
export function useComposing() {
  const syllable = ref('');
  const candidates = computed(() => (syllable.value ? candidatesFor(syllable.value) : []));

  /** Adds a letter; one that leads to no character is not taken. */
  function add(letter: string): void {
    const longer = syllable.value + letter;
    if (longer.length <= MAX_SYLLABLE && candidatesFor(longer).length > 0) syllable.value = longer;
  }

  function shorten(): void {
    syllable.value = syllable.value.slice(0, -1);
  }

  function clear(): void {
    syllable.value = '';
  }

  return { syllable, candidates, add, shorten, clear };
}

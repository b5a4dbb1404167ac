import { useWords } from '../../../composables/useWords.ts';

/** Names shown before the rest is counted. */
const MOST = 3;

/** The names of some people in one line, in the person's language and in the other one. */
export function useNames() {
  const { t, tOther, language, other } = useWords();

  function line(people: readonly { name: string }[], say: typeof tOther, isChinese: boolean): string {
    const first = people.slice(0, MOST).map(({ name }) => name);
    const names = first.join(isChinese ? '、' : ', ');
    if (people.length <= MOST) return names;
    return say('rollCall.namesMore', { names, count: isChinese ? people.length : people.length - MOST });
  }

  return {
    namesOf: (people: readonly { name: string }[]) =>
      line(people, (key, named) => t(key, named ?? {}), language.value === 'zh'),
    otherNamesOf: (people: readonly { name: string }[]) => line(people, tOther, other.value === 'zh'),
  };
}

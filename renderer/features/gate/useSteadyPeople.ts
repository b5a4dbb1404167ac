import { onScopeDispose, shallowRef, watch, type Ref } from 'vue';
import type { PersonView } from '../../../src/api/people-api.ts';
import { keepPlaces } from './keep-places.ts';

/** So long after the last key or page turn, in milliseconds, somebody is still about to touch what they see. */
const QUIET_AFTER = 600;

/** What the kiosk answered, and to which question: another question's answer is another list. */
export interface Found {
  question: string;
  people: PersonView[];
  total: number;
  hidden?: true;
}

/**
 * The people to show. An answer to a new question is shown at once. What changes by itself changes in its place while a
 * finger is down or was a moment ago, and moves only afterwards. Call `touched` when somebody turns the page.
 */
export function useSteadyPeople(found: Ref<Found | undefined>) {
  const people = shallowRef<PersonView[]>([]);
  let question: string | undefined;
  let lastTouch = -Infinity;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const fingers = new Set<number>();

  function settle(): void {
    clearTimeout(timer);
    const wait = lastTouch + QUIET_AFTER - performance.now();
    if (fingers.size > 0) return;
    if (wait > 0) timer = setTimeout(settle, wait);
    else people.value = found.value?.people ?? [];
  }

  function touched(): void {
    lastTouch = performance.now();
  }

  function onDown({ pointerId }: PointerEvent): void {
    fingers.add(pointerId);
    touched();
  }

  function onUp({ pointerId }: PointerEvent): void {
    fingers.delete(pointerId);
    touched();
    settle();
  }

  watch(found, (answer) => {
    if (answer && answer.question === question) {
      people.value = keepPlaces(people.value, answer.people);
      settle();
      return;
    }
    question = answer?.question;
    people.value = answer?.people ?? [];
  });

  const ends = ['pointerup', 'pointercancel'] as const;
  window.addEventListener('pointerdown', onDown, { capture: true });
  window.addEventListener('keydown', touched, { capture: true });
  for (const end of ends) window.addEventListener(end, onUp, { capture: true });
  onScopeDispose(() => {
    clearTimeout(timer);
    window.removeEventListener('pointerdown', onDown, { capture: true });
    window.removeEventListener('keydown', touched, { capture: true });
    for (const end of ends) window.removeEventListener(end, onUp, { capture: true });
  });

  return { people, touched };
}

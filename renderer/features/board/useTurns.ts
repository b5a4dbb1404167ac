import { onScopeDispose, ref, type Ref } from 'vue';

/** Long enough to read a page from the back of the room. */
const TURN_EVERY = 12_000;

/** Counts the turns of pages that turn by themselves, one every 12 s unless `paused`. */
export function useTurns(paused: Ref<boolean>): Ref<number> {
  const turn = ref(0);
  const timer = setInterval(() => {
    if (!paused.value) turn.value++;
  }, TURN_EVERY);
  onScopeDispose(() => clearInterval(timer));
  return turn;
}

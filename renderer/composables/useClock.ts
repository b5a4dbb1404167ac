import { onScopeDispose, ref, type Ref } from 'vue';

/** The time now by this window's clock, renewed every second. */
export function useClock(): Ref<Date> {
  const now = ref(new Date());
  const timer = setInterval(() => (now.value = new Date()), 1000);
  onScopeDispose(() => clearInterval(timer));
  return now;
}

import { computed, ref, watch, type Ref } from 'vue';

/**
 * What is typed over a saved value. It follows the saved value until somebody types; from then on what they
 * typed stays, until it is the saved value.
 */
export function useDraft<Value>(saved: () => Value) {
  const draft = ref(copyOf(saved())) as Ref<Value>;
  const isChanged = computed(() => !same(draft.value, saved()));

  watch(saved, (now, before) => {
    if (same(draft.value, before)) draft.value = copyOf(now);
  });

  return { draft, isChanged };
}

function copyOf<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value)) as Value;
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

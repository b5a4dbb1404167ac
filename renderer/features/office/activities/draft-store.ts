import { defineStore } from 'pinia';
import { ref } from 'vue';
import type { ActivityForm } from './activity-form.ts';

/**
 * The activity that is being written: it outlives its page, so that a look at another section loses nothing that
 * was typed.
 */
export const useActivityDraft = defineStore('activity-draft', () => {
  const form = ref<ActivityForm>();
  /** As it was when the writing began. */
  const initial = ref<ActivityForm>();

  function begin(from: ActivityForm): void {
    initial.value = from;
    form.value = structuredClone(from);
  }

  function end(): void {
    form.value = initial.value = undefined;
  }

  return { form, initial, begin, end };
});

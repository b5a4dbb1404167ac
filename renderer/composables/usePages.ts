import { computed, ref, watch, type Ref } from 'vue';

/**
 * Cuts a list into pages. When `subject` changes, it is another list and starts at its first page; otherwise the
 * page stays where it is, so that nothing moves under a finger.
 */
export function usePages<Item>(items: Ref<readonly Item[]>, perPage: Ref<number>, subject: () => unknown) {
  const page = ref(1);
  const pages = computed(() => Math.max(1, Math.ceil(items.value.length / perPage.value)));
  const shown = computed(() =>
    items.value.slice((page.value - 1) * perPage.value, page.value * perPage.value),
  );
  watch(subject, () => (page.value = 1));
  watch(pages, (last) => (page.value = Math.min(page.value, last)));
  return { page, pages, shown };
}

import { computed, ref, watch, type Ref } from 'vue';

/** Cuts a list into pages; a new list starts at its first page. */
export function usePages<Item>(items: Ref<readonly Item[]>, perPage: Ref<number>) {
  const page = ref(1);
  const pages = computed(() => Math.max(1, Math.ceil(items.value.length / perPage.value)));
  const shown = computed(() =>
    items.value.slice((page.value - 1) * perPage.value, page.value * perPage.value),
  );
  watch([items, perPage], () => (page.value = 1));
  return { page, pages, shown };
}

import { computed, ref, watch } from 'vue';

/** Rows of one page: a list that can still be read to its end. */
const PER_PAGE = 100;

/**
 * Which page of a list the kiosk is asked for: `slice` goes along with the question, `total` is set from the
 * answer. When `subject` changes, it is another list and starts at its first page.
 */
export function usePageOf(subject: () => unknown) {
  const page = ref(1);
  const total = ref(0);
  const pages = computed(() => Math.max(1, Math.ceil(total.value / PER_PAGE)));
  const slice = computed(() => ({ offset: (page.value - 1) * PER_PAGE, limit: PER_PAGE }));
  watch(subject, () => (page.value = 1), { deep: true });
  watch(pages, (last) => (page.value = Math.min(page.value, last)));
  return { page, pages, total, slice };
}

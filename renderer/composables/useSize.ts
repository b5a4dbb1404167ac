import { onBeforeUnmount, onMounted, ref, type Ref } from 'vue';

/** The size of an element in CSS pixels, kept up to date; 0 by 0 before it is mounted. */
export function useSize(element: Ref<HTMLElement | null>) {
  const width = ref(0);
  const height = ref(0);
  const observer = new ResizeObserver(() => {
    width.value = element.value?.clientWidth ?? 0;
    height.value = element.value?.clientHeight ?? 0;
  });
  onMounted(() => {
    if (element.value) observer.observe(element.value);
  });
  onBeforeUnmount(() => observer.disconnect());
  return { width, height };
}

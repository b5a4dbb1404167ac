import { onScopeDispose, ref } from 'vue';

/** How long the controls stay after the last touch, in milliseconds. */
const STAY_FOR = 4000;

/** Whether the controls of a show are up; they go by themselves once nobody has touched anything for 4 s. */
export function useControls() {
  const up = ref(false);
  let timer: ReturnType<typeof setTimeout> | undefined;

  function keep(): void {
    clearTimeout(timer);
    timer = setTimeout(drop, STAY_FOR);
  }

  function raise(): void {
    up.value = true;
    keep();
  }

  function drop(): void {
    clearTimeout(timer);
    up.value = false;
  }

  onScopeDispose(() => clearTimeout(timer));
  return {
    up,
    raise,
    /** Something was touched: who is using the controls keeps them. */
    touched: () => up.value && keep(),
    toggle: () => (up.value ? drop() : raise()),
  };
}

import { readonly, ref, type Ref } from 'vue';

const path = ref(location.pathname);

window.addEventListener('popstate', () => (path.value = location.pathname));

/** The path of the screen that this window shows, and `go` to show another: the page itself is never left. */
export function useRoute(): { path: Readonly<Ref<string>>; go: (to: string) => void } {
  return { path: readonly(path), go };
}

function go(to: string): void {
  if (to === location.pathname) return;
  history.pushState(null, '', to);
  path.value = to;
}

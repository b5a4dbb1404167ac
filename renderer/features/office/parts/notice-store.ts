import { defineStore } from 'pinia';
import { shallowRef } from 'vue';

/** A word to the person at the office: good ones go by themselves, bad ones stay until they are closed. */
export interface Notice {
  good: boolean;
  text: string;
}

const SHOWN_FOR = 4000;

/** The one notice that is shown. */
export const useNoticeStore = defineStore('notice', () => {
  const notice = shallowRef<Notice>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  function say(text: string): void {
    show({ good: true, text });
    timer = setTimeout(close, SHOWN_FOR);
  }

  function complain(text: string): void {
    show({ good: false, text });
  }

  function show(next: Notice): void {
    clearTimeout(timer);
    notice.value = next;
  }

  function close(): void {
    clearTimeout(timer);
    notice.value = undefined;
  }

  return { notice, say, complain, close };
});

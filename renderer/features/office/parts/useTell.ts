import { CallRefused } from '../../../../src/api/client.ts';
import { useWords } from '../../../composables/useWords.ts';
import { useKioskStore } from '../../../stores/kiosk-store.ts';
import { useSessionStore } from '../../../stores/session-store.ts';
import { useNoticeStore } from './notice-store.ts';

/**
 * Tells whoever works at the office what came back instead of a result: a "no" in its words; an office that the kiosk
 * does not know any more asks for the PIN. Returns false where there was no answer at all, which every screen shows.
 */
export function useTell() {
  const { words } = useWords();
  const kiosk = useKioskStore();
  const session = useSessionStore();
  const notices = useNoticeStore();

  return function tell(error: unknown): boolean {
    if (!(error instanceof CallRefused)) {
      console.error(error);
      kiosk.lost();
      return false;
    }
    if (error.refusal.code === 'role-missing') session.end();
    else notices.complain(words(error.refusal.message));
    return true;
  };
}

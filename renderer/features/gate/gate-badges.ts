import { watch } from 'vue';
import { CallRefused, type Client } from '../../../src/api/client.ts';
import type { PersonView } from '../../../src/api/people-api.ts';
import { useKioskStore } from '../../stores/kiosk-store.ts';
import { useSessionStore } from '../../stores/session-store.ts';
import type { GateCalls } from './gate-calls.ts';
import type { GateChoices } from './gate-choices.ts';

/**
 * Badges that are read at the gate: whose they are, what happens where nobody knows, and how staff link one.
 * `choosePerson` goes on with whom a badge belongs to.
 */
export function useGateBadges(
  choices: GateChoices,
  { busy, attempt }: GateCalls,
  choosePerson: (client: Client, person: PersonView) => Promise<void>,
) {
  const { page, turn, activityId, choosing, query, byBadge, linking, endStaff, afterActivity, forget } =
    choices;
  const kiosk = useKioskStore();
  const session = useSessionStore();
  /** A badge that was read while a call was under way. */
  let waiting: (() => Promise<void>) | undefined;

  /**
   * A badge begins the sign-in of whoever it belongs to, from any page: what was there is forgotten, a greeting gives
   * way. Read while something is being saved, the latest one waits for that.
   */
  async function readBadge(client: Client, badge: string): Promise<void> {
    if (busy.value) {
      waiting = () => readBadge(client, badge);
      return;
    }
    const open = kiosk.view?.activities ?? [];
    // What the person before had chosen is not this one's.
    const before = choosing.value && open.find((one) => one.activityId === activityId.value);
    // Whoever chooses, or chose a language on the wall, is the one with the badge.
    if (!choosing.value && page.value.name !== 'idle') turn.value++;
    forget();
    const one = before || (open.length === 1 ? open[0] : undefined);
    if (one) {
      activityId.value = one.activityId;
      await findByBadge(client, badge);
    } else if (open.length > 1) {
      afterActivity.value = () => findByBadge(client, badge);
      page.value = { name: 'activities' };
    } else {
      page.value = { name: 'notice', kind: 'nothingOpen' };
    }
  }

  async function findByBadge(client: Client, badge: string): Promise<void> {
    const chosen = activityId.value;
    let found: PersonView | undefined;
    await attempt(
      async () => {
        try {
          const place = chosen !== undefined && { activityId: chosen };
          found = (await client.call('badges.read', { badge, ...place })).person;
        } catch (error) {
          if (!(error instanceof CallRefused) || error.refusal.code !== 'badge-unknown') throw error;
          page.value = { name: 'unknownBadge', badge };
        }
      },
      () => findByBadge(client, badge),
    );
    if (!found) return;
    byBadge.value = true;
    await choosePerson(client, found);
  }

  /** Somebody whose badge is unknown looks for their name instead. */
  function findByName(): void {
    if (!busy.value) page.value = { name: 'finder' };
  }

  function askStaff(badge: string): void {
    if (!busy.value) page.value = { name: 'staff', badge };
  }

  /** Staff have given the PIN: the next name that is chosen gets the badge, and the office is left again. */
  function startLinking(client: Client, badge: string): void {
    endStaff.value = () => {
      endStaff.value = undefined;
      session.lock(client).catch((error: unknown) => {
        console.error(error);
        kiosk.lost();
      });
    };
    linking.value = badge;
    query.value = '';
    page.value = { name: 'finder' };
  }

  async function link(client: Client, badge: string, who: PersonView): Promise<void> {
    const input = { gestureId: crypto.randomUUID(), personId: who.personId, badge };
    await attempt(async () => {
      await client.call('badges.link', input);
      linking.value = undefined;
      endStaff.value?.();
      page.value = { name: 'linked', badge, person: who };
    });
  }

  // A task later: one call may follow the other within one sign-in.
  watch(busy, (isBusy) => {
    if (!isBusy) setTimeout(readWaiting);
  });

  function readWaiting(): void {
    if (busy.value || !waiting) return;
    const next = waiting;
    waiting = undefined;
    void next();
  }

  return { readBadge, findByName, askStaff, startLinking, link };
}

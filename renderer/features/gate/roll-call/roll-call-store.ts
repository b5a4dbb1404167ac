import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import { CallRefused, type Client } from '../../../../src/api/client.ts';
import type { ActivityView } from '../../../../src/api/activities-api.ts';
import type { PersonView } from '../../../../src/api/people-api.ts';
import type { LeftOutPerson } from '../../../../src/api/roll-call-api.ts';
import type { Bilingual } from '../../../../src/domain/bilingual.ts';
import { dropToken, hasToken, keepToken } from '../../../api/session.ts';
import { useGesture } from '../../../stores/useGesture.ts';
import { useKioskStore } from '../../../stores/kiosk-store.ts';

/** Somebody who leads posts of the activity. */
export interface Leader {
  personId: string;
  name: string;
  postIds: string[];
}

/** Somebody whom a roll-call signed in. */
export interface Called {
  visitId: string;
  person: PersonView;
  undone: boolean;
}

/** Where the roll-call is; one question a page. */
export type RollCallStep =
  | { name: 'who' }
  | { name: 'pin'; leader: Leader }
  | { name: 'call' }
  | { name: 'result'; called: Called[]; leftOut: LeftOutPerson[] }
  | { name: 'leave'; people: PersonView[] }
  | { name: 'noted'; people: PersonView[]; onLeave: boolean }
  | { name: 'out'; inside: number; atPost: number }
  | { name: 'outDone'; visitIds: string[]; undone: boolean; leftOut: LeftOutPerson[] };

/**
 * A leader's roll-call, from their PIN to the last undo. Everything of it, the leader's token first, is forgotten
 * together when the gate goes back to the wall.
 */
export const useRollCallStore = defineStore('roll-call', () => {
  const kiosk = useKioskStore();
  const step = shallowRef<RollCallStep>({ name: 'who' });
  const activity = shallowRef<ActivityView>();
  const leader = shallowRef<Leader>();
  const postId = ref<string>();
  /** Ticked people by id, as they looked then. */
  const ticked = shallowRef<ReadonlyMap<string, PersonView>>(new Map());
  const busy = ref(false);
  /** What was said instead of a result; a key of the interface's texts where the kiosk did not say it. */
  const trouble = shallowRef<Bilingual | 'expired' | 'unreachable' | { here: string }>();
  /** Badges that were read while a call ran: each has its turn. */
  let waiting: (() => Promise<void>)[] = [];
  /** Until when no PIN may be tried, in milliseconds of this window's clock. */
  const waitUntil = ref(0);
  const once = useGesture();

  /** Who leads, each once, with all their posts. */
  const leaders = computed<Leader[]>(() => {
    const found = new Map<string, Leader>();
    for (const { postId, leader } of activity.value?.posts ?? []) {
      if (!leader) continue;
      const known = found.get(leader.personId) ?? { ...leader, postIds: [] };
      known.postIds.push(postId);
      found.set(leader.personId, known);
    }
    return [...found.values()];
  });
  const post = computed(() => activity.value?.posts.find((one) => one.postId === postId.value));

  /** Starts over for this activity, though it may end meanwhile. */
  function begin(of: ActivityView | undefined): void {
    step.value = { name: 'who' };
    activity.value = of;
    leader.value = undefined;
    postId.value = undefined;
    ticked.value = new Map();
    trouble.value = undefined;
    waitUntil.value = 0;
    waiting = [];
  }

  /** Forgets who led; their token ends on the kiosk, too. */
  function end(client: Client): void {
    if (leader.value && hasToken()) client.call('access.lock', {}).catch(console.error);
    if (leader.value) dropToken();
    begin(undefined);
  }

  function go(to: RollCallStep): void {
    trouble.value = undefined;
    step.value = to;
  }

  async function unlock(client: Client, key: { personId: string; pin: string } | { badge: string }) {
    const of = activity.value;
    if (!of) return;
    await run(async () => {
      const { activityId } = of;
      const { token, personId, postIds } = await client.call('access.unlockLeader', { activityId, ...key });
      // The page may have gone meanwhile: nobody is to find the roll-call open.
      if (activity.value !== of) {
        dropToken();
        return;
      }
      keepToken(token);
      const name = leaders.value.find((one) => one.personId === personId)?.name ?? '';
      leader.value = { personId, name, postIds };
      postId.value = postIds[0];
      go({ name: 'call' });
    });
  }

  /** Another post of the same leader: who was ticked for the one before is ticked no more. */
  function choosePost(chosen: string): void {
    if (chosen === postId.value) return;
    postId.value = chosen;
    ticked.value = new Map();
  }

  function tick(person: PersonView): void {
    const next = new Map(ticked.value);
    if (!next.delete(person.personId)) next.set(person.personId, person);
    ticked.value = next;
  }

  /** Whoever came in meanwhile is ticked no more. */
  function untick(personIds: readonly string[]): void {
    if (!personIds.some((personId) => ticked.value.has(personId))) return;
    const next = new Map(ticked.value);
    for (const personId of personIds) next.delete(personId);
    ticked.value = next;
  }

  /** Is a badge that is read now meant for these pages? */
  const takesBadges = computed(() => ['who', 'pin', 'call'].includes(step.value.name));

  /** A badge that was read on these pages: at first it is the leader's key, later it ticks somebody. */
  async function readBadge(client: Client, badge: string): Promise<void> {
    if (busy.value) {
      waiting.push(() => readBadge(client, badge));
      return;
    }
    if (step.value.name === 'who' || step.value.name === 'pin') return unlock(client, { badge });
    const of = activity.value;
    if (!of) return;
    await run(async () => {
      const { person } = await client.call('badges.read', { badge, activityId: of.activityId });
      if (person.visit) trouble.value = { here: person.name };
      else if (!ticked.value.has(person.personId)) tick(person);
    });
  }

  async function call(client: Client, people: readonly PersonView[]): Promise<void> {
    const of = activity.value;
    if (!of || people.length === 0) return;
    const personIds = people.map(({ personId }) => personId);
    const input = { activityId: of.activityId, postId: postId.value ?? null, personIds };
    await run(async () => {
      const { visitIds, leftOut } = await once(input, (gestureId) =>
        client.call('rollCall.call', { gestureId, ...input }),
      );
      const out = new Set(leftOut.map(({ personId }) => personId));
      // The kiosk answers in the order in which they were named.
      const signedIn = people.filter(({ personId }) => !out.has(personId));
      const called = signedIn.map((person, index) => ({ visitId: visitIds[index]!, person, undone: false }));
      ticked.value = new Map();
      go({ name: 'result', called, leftOut });
    });
  }

  /** Undoes some of a roll-call as one step. */
  async function undo(client: Client, visitIds: readonly string[]): Promise<void> {
    const { value } = step;
    if (value.name !== 'result' || visitIds.length === 0) return;
    const input = { visitIds: [...visitIds] };
    await run(async () => {
      const done = await once(input, (gestureId) => client.call('rollCall.undo', { gestureId, ...input }));
      // Who was undone meanwhile is not signed in any more either, and says why below.
      const gone = new Set([...done.visitIds, ...done.leftOut.map(({ visitId }) => visitId)]);
      const called = value.called.map((one) => ({ ...one, undone: one.undone || gone.has(one.visitId) }));
      go({ ...value, called, leftOut: [...value.leftOut, ...done.leftOut] });
    });
  }

  /** Excuses people, or takes that back where there is no reason. */
  async function leave(client: Client, people: readonly PersonView[], reason: string | undefined) {
    const of = activity.value;
    if (!of) return;
    await run(async () => {
      for (const { personId } of people) {
        const place = { activityId: of.activityId, personId };
        await once({ ...place, reason }, (gestureId) =>
          reason === undefined
            ? client.call('leaves.withdraw', { gestureId, ...place })
            : client.call('leaves.note', { gestureId, ...place, reason }),
        );
      }
      ticked.value = new Map();
      go({ name: 'noted', people: [...people], onLeave: reason !== undefined });
    });
  }

  async function askOut(client: Client): Promise<void> {
    const of = activity.value;
    if (!of) return;
    await run(async () => {
      const { inside, posts } = await client.call('attendance.counts', { activityId: of.activityId });
      const atPost = posts.find((one) => one.postId === postId.value)?.inside ?? 0;
      go({ name: 'out', inside, atPost });
    });
  }

  /** Signs out everybody of the leader's post, or of the whole activity. */
  async function everybodyOut(client: Client, where: 'post' | 'everywhere'): Promise<void> {
    const of = activity.value;
    if (!of) return;
    const only = where === 'post' && postId.value !== undefined && { postId: postId.value };
    const input = { activityId: of.activityId, ...only };
    await run(async () => {
      const { visitIds } = await once(input, (gestureId) =>
        client.call('signOuts.all', { gestureId, ...input }),
      );
      go({ name: 'outDone', visitIds, undone: false, leftOut: [] });
    });
  }

  async function undoOut(client: Client): Promise<void> {
    const { value } = step;
    if (value.name !== 'outDone') return;
    const input = { visitIds: value.visitIds };
    await run(async () => {
      const done = await once(input, (gestureId) => client.call('signOuts.undo', { gestureId, ...input }));
      go({ ...value, ...done, undone: true });
    });
  }

  /** One call at a time; what comes back instead of a result is shown. */
  async function run(work: () => Promise<void>): Promise<void> {
    if (busy.value) return;
    busy.value = true;
    trouble.value = undefined;
    try {
      await work();
    } catch (error) {
      tell(error);
    } finally {
      busy.value = false;
      void waiting.shift()?.();
    }
  }

  function tell(error: unknown): void {
    if (!(error instanceof CallRefused)) {
      console.error(error);
      trouble.value = 'unreachable';
      kiosk.lost();
      return;
    }
    const { code, message, seconds } = error.refusal;
    if (code === 'role-missing') {
      dropToken();
      leader.value = undefined;
      step.value = { name: 'who' };
      trouble.value = 'expired';
      return;
    }
    if (seconds !== undefined) waitUntil.value = Date.now() + Number(seconds) * 1000;
    trouble.value = message;
  }

  return {
    step,
    activity,
    leader,
    leaders,
    post,
    postId,
    ticked,
    takesBadges,
    busy,
    trouble,
    waitUntil,
    begin,
    end,
    go,
    unlock,
    choosePost,
    tick,
    untick,
    readBadge,
    call,
    undo,
    leave,
    askOut,
    everybodyOut,
    undoOut,
    tell,
  };
});

import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import type { RefusalView } from '../../../src/api/answer.ts';
import { CallRefused, type Client } from '../../../src/api/client.ts';
import type { ActivityView, PostView } from '../../../src/api/activities-api.ts';
import type { PersonView } from '../../../src/api/people-api.ts';
import { useKioskStore } from '../../stores/kiosk-store.ts';

/** A sign-in that the disk has confirmed. */
export interface SignedIn {
  visitId: string;
  person: PersonView;
  post: PostView | null;
  /** When the confirmation arrived, on this screen's clock. */
  savedAt: Date;
}

/** Most letters that can be typed. */
export const MAX_QUERY = 24;

/** A call that takes longer, in milliseconds, shows that it is saving: most are over before anybody could read it. */
const SLOW_AFTER = 1000;

/** What a kiosk says that cannot save; it says the same to everybody. */
const CANNOT_SAVE = new Set(['cannot-save', 'store-read-only', 'store-damaged', 'store-not-writable']);

/** Where the gate is. One question a page. */
export type GatePage =
  | { name: 'idle' }
  | { name: 'activities' }
  | { name: 'finder' }
  | { name: 'posts' }
  | { name: 'reason'; post: PostView }
  | { name: 'saving'; person: PersonView | undefined }
  | { name: 'greeting'; signedIn: SignedIn }
  | { name: 'undone'; person: PersonView }
  | { name: 'already'; person: PersonView; visit: NonNullable<PersonView['visit']> }
  | { name: 'trouble'; refusal: RefusalView | undefined; retry: () => Promise<void> };

/** Does a "no" mean that nothing can be saved, whatever anybody does at the gate? */
export function keepsFromSaving(refusal: RefusalView | undefined): boolean {
  return refusal !== undefined && CANNOT_SAVE.has(refusal.code);
}

/**
 * One sign-in at the gate, from the first touch to the greeting. Whatever is chosen lives here and is
 * forgotten together. "Thank you" is shown after the kiosk has confirmed, never before.
 */
export const useGateStore = defineStore('gate', () => {
  const kiosk = useKioskStore();
  const page = shallowRef<GatePage>({ name: 'idle' });
  const activityId = ref<string>();
  const person = shallowRef<PersonView>();
  const post = shallowRef<PostView>();
  /** Why this post although it is full. */
  const reason = ref<string>();
  const query = ref('');
  /** A call is under way: further taps wait for its answer. */
  const busy = ref(false);

  const activity = computed<ActivityView | undefined>(() =>
    kiosk.view?.activities.find((one) => one.activityId === activityId.value),
  );

  function toIdle(): void {
    // What is being saved is nobody's to throw away.
    if (busy.value) return;
    page.value = { name: 'idle' };
    activityId.value = undefined;
    person.value = undefined;
    post.value = undefined;
    reason.value = undefined;
    query.value = '';
  }

  function start(): void {
    const open = kiosk.view?.activities ?? [];
    if (open.length > 1) page.value = { name: 'activities' };
    else if (open[0]) chooseActivity(open[0].activityId);
  }

  function chooseActivity(chosen: string): void {
    if (busy.value) return;
    activityId.value = chosen;
    page.value = { name: 'finder' };
  }

  function choosePostFirst(): void {
    if (busy.value) return;
    person.value = undefined;
    page.value = { name: 'posts' };
  }

  function backToFinder(): void {
    if (busy.value) return;
    person.value = undefined;
    page.value = { name: 'finder' };
  }

  function backToPosts(): void {
    if (!busy.value) page.value = { name: 'posts' };
  }

  async function choosePerson(client: Client, chosen: PersonView): Promise<void> {
    if (busy.value) return;
    person.value = chosen;
    if (chosen.visit) page.value = { name: 'already', person: chosen, visit: chosen.visit };
    else if (post.value || !activity.value?.posts.length) await signIn(client);
    else page.value = { name: 'posts' };
  }

  async function choosePost(client: Client, chosen: PostView, full: boolean): Promise<void> {
    if (busy.value) return;
    if (full) {
      page.value = { name: 'reason', post: chosen };
      return;
    }
    await takePost(client, chosen);
  }

  /** A full post, all the same: asks who, unless that is known already. */
  async function giveReason(client: Client, chosen: PostView, why: string): Promise<void> {
    if (!busy.value) await takePost(client, chosen, why);
  }

  async function takePost(client: Client, chosen: PostView, why?: string): Promise<void> {
    post.value = chosen;
    reason.value = why;
    if (person.value) await signIn(client);
    else page.value = { name: 'finder' };
  }

  async function signIn(client: Client): Promise<void> {
    const [who, where, what] = [person.value, post.value, activity.value];
    if (!who || !what) {
      // The activity has closed meanwhile: the idle page says so.
      toIdle();
      return;
    }
    const input = {
      gestureId: crypto.randomUUID(),
      activityId: what.activityId,
      personId: who.personId,
      ...(where && { postId: where.postId }),
      ...(reason.value !== undefined && { reason: reason.value }),
    };
    await attempt(async () => {
      try {
        const { visitId } = await client.call('attendance.signIn', input);
        const signedIn = { visitId, person: who, post: where ?? null, savedAt: new Date() };
        page.value = { name: 'greeting', signedIn };
      } catch (error) {
        const visit = error instanceof CallRefused ? openVisitIn(error) : undefined;
        if (!visit) throw error;
        page.value = { name: 'already', person: who, visit };
      }
    });
  }

  async function undo(client: Client, visitId: string, who: PersonView): Promise<void> {
    const input = { gestureId: crypto.randomUUID(), visitId };
    await attempt(async () => {
      await client.call('attendance.undo', input);
      page.value = { name: 'undone', person: who };
    });
  }

  /** Runs one call at a time; shows that it is saving when that takes long, and trouble when it fails. */
  async function attempt(work: () => Promise<void>): Promise<void> {
    if (busy.value) return;
    busy.value = true;
    const slow = setTimeout(() => (page.value = { name: 'saving', person: person.value }), SLOW_AFTER);
    try {
      await work();
    } catch (error) {
      const refusal = error instanceof CallRefused ? error.refusal : undefined;
      if (!refusal) console.error(error);
      if (keepsFromSaving(refusal)) kiosk.look();
      page.value = { name: 'trouble', refusal, retry: () => attempt(work) };
    } finally {
      clearTimeout(slow);
      busy.value = false;
    }
  }

  return {
    page,
    activity,
    person,
    post,
    query,
    busy,
    toIdle,
    start,
    chooseActivity,
    choosePostFirst,
    backToFinder,
    backToPosts,
    choosePerson,
    choosePost,
    giveReason,
    undo,
  };
});

/** The open visit that an `already-signed-in` refusal tells of. */
function openVisitIn({ refusal }: CallRefused): PersonView['visit'] {
  if (refusal.code !== 'already-signed-in') return undefined;
  const { visitId, postId, signedInAt } = refusal as unknown as NonNullable<PersonView['visit']>;
  return { visitId, postId, signedInAt };
}

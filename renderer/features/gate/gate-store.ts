import { defineStore } from 'pinia';
import { computed, ref, shallowRef, watch } from 'vue';
import type { RefusalView } from '../../../src/api/answer.ts';
import { CallRefused, type Client } from '../../../src/api/client.ts';
import type { ActivityView, PostView } from '../../../src/api/activities-api.ts';
import type { PersonView } from '../../../src/api/people-api.ts';
import type { Guest } from '../../../src/domain/guest.ts';
import type { SuggestedPost } from '../../../src/domain/suggest-post.ts';
import { useKioskStore } from '../../stores/kiosk-store.ts';
import { useSessionStore } from '../../stores/session-store.ts';

/** A sign-in that the disk has confirmed. */
export interface SignedIn {
  visitId: string;
  person: PersonView;
  post: PostView | null;
  /** When the confirmation arrived, on this screen's clock. */
  savedAt: Date;
  /** Of all visits that are over, in whole minutes. */
  minutesSoFar: number;
  /** How the post was known, where nobody chose it. */
  why?: SuggestedPost['why'];
}

/** An open visit, as the gate knows it. */
export type OpenVisit = NonNullable<PersonView['visit']>;

/** A sign-out that the disk has confirmed. */
export interface SignedOut {
  visitId: string;
  person: PersonView;
  /** Whole minutes of this visit, and of all that count. */
  minutes: number;
  minutesSoFar: number;
}

/** Pages that say one thing and go by themselves. */
export type NoticeKind = 'moved' | 'staying' | 'backIn' | 'nothingOpen';

/** Most letters that can be typed. */
export const MAX_QUERY = 24;

/** A call that takes longer, in milliseconds, shows that it is saving: most are over before anybody could read it. */
const SLOW_AFTER = 1000;

/** Who has just come would hardly leave again so soon, in milliseconds: a sign-out is then asked twice. */
const JUST_CAME = 120_000;

/** A business "no" to one person, which trying again does not change. */
const SAYS_NO = new Set([
  'not-open',
  'not-eligible',
  'activity-full',
  'post-full',
  'undo-too-late',
  'person-unknown',
  'activity-unknown',
  'post-unknown',
  'visit-unknown',
  'visit-undone',
  'signed-out',
  'not-signed-out',
  'came-again',
  'times-dropped',
  'badge-taken',
  'too-many-badges',
  'no-guests',
]);

/** What a kiosk says that cannot save; it says the same to everybody. */
const CANNOT_SAVE = new Set(['cannot-save', 'store-read-only', 'store-damaged', 'store-not-writable']);

/** Where the gate is. One question a page. */
export type GatePage =
  | { name: 'idle' }
  | { name: 'activities' }
  | { name: 'finder' }
  | { name: 'guest' }
  | { name: 'posts'; knownFull?: PostView }
  | { name: 'reason'; post: PostView }
  | { name: 'saving'; person: PersonView | undefined }
  | { name: 'greeting'; signedIn: SignedIn }
  | { name: 'signature'; signedIn: SignedIn }
  | { name: 'camera'; signedIn: SignedIn }
  | { name: 'undone'; person: PersonView }
  | { name: 'already'; person: PersonView; visit: OpenVisit }
  | { name: 'sure'; person: PersonView; visit: OpenVisit }
  | { name: 'left'; person: PersonView; left: NonNullable<PersonView['left']> }
  | { name: 'signedOut'; signedOut: SignedOut }
  | { name: 'notice'; kind: NoticeKind; person?: PersonView; post?: PostView }
  | { name: 'unknownBadge'; badge: string }
  | { name: 'staff'; badge: string }
  | { name: 'linked'; badge: string; person: PersonView }
  | { name: 'refused'; refusal: RefusalView }
  | { name: 'rollCall' }
  | { name: 'trouble'; refusal: RefusalView | undefined; retry: () => Promise<void> };

/** Does a "no" mean that nothing can be saved, whatever anybody does at the gate? */
export function keepsFromSaving(refusal: RefusalView | undefined): boolean {
  return refusal !== undefined && CANNOT_SAVE.has(refusal.code);
}

/** Does a "no" concern this person only, so that the next one may succeed? */
function saysNo(refusal: RefusalView | undefined): refusal is RefusalView {
  return refusal !== undefined && SAYS_NO.has(refusal.code);
}

/**
 * One sign-in at the gate, from the first touch to the greeting. Whatever is chosen lives here and is
 * forgotten together. "Thank you" is shown after the kiosk has confirmed, never before.
 */
export const useGateStore = defineStore('gate', () => {
  const kiosk = useKioskStore();
  const session = useSessionStore();
  const page = shallowRef<GatePage>({ name: 'idle' });
  const activityId = ref<string>();
  const person = shallowRef<PersonView>();
  const post = shallowRef<PostView>();
  /** Why this post although it is full. */
  const reason = ref<string>();
  /** How the post was known, where nobody chose it. */
  const why = ref<SuggestedPost['why']>();
  const query = ref('');
  const team = ref<string>();
  const categoryId = ref<string>();
  /** Read from a badge, not chosen by name. */
  const byBadge = ref(false);
  /** The visit that gets another post, and the page to go back to. */
  const changing = shallowRef<{ visitId: string; back: GatePage }>();
  /** The badge that staff are about to link to somebody. */
  const linking = ref<string>();
  /** Leaves the office that was opened for that. */
  let endStaff: (() => void) | undefined;
  /** What to do once it is known which activity is meant. */
  let afterActivity: (() => Promise<void>) | undefined;
  /** A badge that was read while a call was under way. */
  let waiting: (() => Promise<void>) | undefined;
  /** Who signs in though on no list; their name is what they typed. */
  const guest = shallowRef<Guest>();
  /** The version of the privacy notice that this person was shown. */
  const notice = ref<number>();
  /** A call is under way: further taps wait for its answer. */
  const busy = ref(false);

  const activity = computed<ActivityView | undefined>(() =>
    kiosk.view?.activities.find((one) => one.activityId === activityId.value),
  );

  function toIdle(): void {
    // What is being saved is nobody's to throw away.
    if (busy.value) return;
    page.value = { name: 'idle' };
    forget();
  }

  /** Everything that was chosen belongs to one person. */
  function forget(): void {
    activityId.value = undefined;
    person.value = undefined;
    post.value = undefined;
    reason.value = undefined;
    why.value = undefined;
    query.value = '';
    team.value = undefined;
    categoryId.value = undefined;
    byBadge.value = false;
    changing.value = undefined;
    linking.value = undefined;
    afterActivity = undefined;
    endStaff?.();
    guest.value = undefined;
    notice.value = undefined;
  }

  function start(): void {
    const open = kiosk.view?.activities ?? [];
    if (open.length > 1) page.value = { name: 'activities' };
    else if (open[0]) chooseActivity(open[0].activityId);
  }

  function chooseActivity(chosen: string): void {
    if (busy.value) return;
    activityId.value = chosen;
    if (afterActivity) void afterActivity();
    else page.value = { name: 'finder' };
  }

  function choosePostFirst(): void {
    if (busy.value) return;
    person.value = undefined;
    page.value = { name: 'posts' };
  }

  function backToFinder(): void {
    if (busy.value) return;
    if (changing.value) {
      const { back } = changing.value;
      changing.value = undefined;
      if (back.name === 'idle') toIdle();
      else page.value = back;
      return;
    }
    person.value = undefined;
    byBadge.value = false;
    page.value = { name: guest.value ? 'guest' : 'finder' };
  }

  /** From the page of guests to the list: what they typed is forgotten. */
  function backToList(): void {
    guest.value = undefined;
    backToFinder();
  }

  function toGuest(): void {
    if (!busy.value) page.value = { name: 'guest' };
  }

  /** A leader calls the roll of the chosen activity. */
  function toRollCall(): void {
    if (!busy.value) page.value = { name: 'rollCall' };
  }

  /** Signs in somebody who is on no list, as soon as the post is known. */
  async function chooseGuest(client: Client, named: Guest): Promise<void> {
    if (busy.value) return;
    guest.value = named;
    await choosePerson(client, { personId: '', name: named.name, categoryId: 'guest', matched: 0 });
  }

  /** After the greeting: what the activity asks for, one thing after the other, then the wall. */
  function afterGreeting(signedIn: SignedIn): void {
    const { signature = false, photo = false } = activity.value?.evidence ?? {};
    if (busy.value) return;
    if (signature && page.value.name === 'greeting') page.value = { name: 'signature', signedIn };
    else if (photo && page.value.name !== 'camera') page.value = { name: 'camera', signedIn };
    else toIdle();
  }

  function backToPosts(): void {
    if (!busy.value) page.value = { name: 'posts' };
  }

  async function choosePerson(client: Client, chosen: PersonView): Promise<void> {
    if (busy.value) return;
    if (linking.value !== undefined) {
      await link(client, linking.value, chosen);
      return;
    }
    person.value = chosen;
    if (chosen.visit) page.value = { name: 'already', person: chosen, visit: chosen.visit };
    else if (chosen.left) page.value = { name: 'left', person: chosen, left: chosen.left };
    else await signInOrAskPost(client);
  }

  /** Signs in where the post is known, or none is needed, and asks for it where it is not. */
  async function signInOrAskPost(client: Client): Promise<void> {
    const what = activity.value;
    if (post.value || !what || what.posts.length === 0) {
      await signIn(client);
      return;
    }
    const suggested = person.value?.suggested;
    const known = what.posts.find(({ postId }) => postId === suggested?.postId);
    if (!known || !suggested) {
      page.value = { name: 'posts' };
      return;
    }
    let hasRoom = known.limit === null;
    if (!hasRoom) {
      await attempt(
        async () => {
          const { posts } = await client.call('attendance.counts', { activityId: what.activityId });
          hasRoom = posts.some(({ postId, full }) => postId === known.postId && !full);
          if (!hasRoom) page.value = { name: 'posts', knownFull: known };
        },
        () => signInOrAskPost(client),
      );
    }
    if (!hasRoom) return;
    post.value = known;
    why.value = suggested.why;
    await signIn(client);
  }

  /** Who has left comes back: a second visit. */
  async function comeAgain(client: Client): Promise<void> {
    if (!busy.value) await signInOrAskPost(client);
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

  async function takePost(client: Client, chosen: PostView, because?: string): Promise<void> {
    if (changing.value) {
      await changePost(client, changing.value.visitId, chosen, because);
      return;
    }
    post.value = chosen;
    reason.value = because;
    why.value = undefined;
    if (person.value) await signIn(client);
    else page.value = { name: 'finder' };
  }

  /** Asks for another post of somebody who is signed in; `back` is where "back" leads. */
  function askOtherPost(visitId: string, who: PersonView, back: GatePage): void {
    if (busy.value) return;
    person.value = who;
    changing.value = { visitId, back };
    page.value = { name: 'posts' };
  }

  async function changePost(client: Client, visitId: string, to: PostView, because?: string): Promise<void> {
    const who = person.value;
    const input = {
      gestureId: crypto.randomUUID(),
      visitId,
      postId: to.postId,
      ...(because !== undefined && { reason: because }),
    };
    await attempt(async () => {
      await client.call('attendance.changePost', input);
      page.value = { name: 'notice', kind: 'moved', post: to, ...(who && { person: who }) };
    });
  }

  /** Signs out; asks first where somebody has only just come, which may be a badge held twice. */
  async function signOut(client: Client, who: PersonView, visit: OpenVisit): Promise<void> {
    if (busy.value) return;
    const age = Date.now() - Date.parse(visit.signedInAt);
    if (page.value.name !== 'sure' && age < JUST_CAME) {
      page.value = { name: 'sure', person: who, visit };
      return;
    }
    const input = { gestureId: crypto.randomUUID(), visitId: visit.visitId };
    await attempt(async () => {
      const answer = await client.call('signOuts.one', input);
      page.value = { name: 'signedOut', signedOut: { ...answer, person: who } };
    });
  }

  async function undoSignOut(client: Client, visitId: string, who: PersonView): Promise<void> {
    const input = { gestureId: crypto.randomUUID(), visitIds: [visitId] };
    await attempt(async () => {
      await client.call('signOuts.undo', input);
      page.value = { name: 'notice', kind: 'backIn', person: who };
    });
  }

  async function stay(client: Client, visitId: string, who: PersonView): Promise<void> {
    const input = { gestureId: crypto.randomUUID(), visitId };
    await attempt(async () => {
      await client.call('signOuts.stay', input);
      page.value = { name: 'notice', kind: 'staying', person: who };
    });
  }

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
    const before = open.find((one) => one.activityId === activityId.value);
    forget();
    const one = before ?? (open.length === 1 ? open[0] : undefined);
    if (one) {
      activityId.value = one.activityId;
      await findByBadge(client, badge);
    } else if (open.length > 1) {
      afterActivity = () => findByBadge(client, badge);
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
    endStaff = () => {
      endStaff = undefined;
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
      endStaff?.();
      page.value = { name: 'linked', badge, person: who };
    });
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
      ...(where && { postId: where.postId }),
      ...(reason.value !== undefined && { reason: reason.value }),
      ...(notice.value !== undefined && { notice: notice.value }),
    };
    const by = byBadge.value && { by: 'badge' as const };
    const suggested = why.value && { why: why.value };
    await attempt(async () => {
      try {
        const { visitId, minutesSoFar } = guest.value
          ? { ...(await client.call('guests.signIn', { ...input, ...guest.value })), minutesSoFar: 0 }
          : await client.call('attendance.signIn', { ...input, ...by, personId: who.personId });
        const saved = { visitId, person: who, post: where ?? null, savedAt: new Date(), minutesSoFar };
        page.value = { name: 'greeting', signedIn: { ...saved, ...suggested } };
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

  /**
   * Runs one call at a time; shows that it is saving when that takes long, says a "no" kindly, and shows trouble when
   * it fails: `again` is what another try does.
   */
  async function attempt(work: () => Promise<void>, again = () => attempt(work)): Promise<void> {
    if (busy.value) return;
    busy.value = true;
    const slow = setTimeout(() => (page.value = { name: 'saving', person: person.value }), SLOW_AFTER);
    try {
      await work();
    } catch (error) {
      const refusal = error instanceof CallRefused ? error.refusal : undefined;
      if (!refusal) console.error(error);
      if (keepsFromSaving(refusal)) kiosk.look();
      page.value = saysNo(refusal)
        ? { name: 'refused', refusal }
        : { name: 'trouble', refusal, retry: again };
    } finally {
      clearTimeout(slow);
      busy.value = false;
    }
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

  return {
    page,
    activity,
    person,
    post,
    query,
    team,
    categoryId,
    changing,
    linking,
    guest,
    notice,
    busy,
    toIdle,
    start,
    chooseActivity,
    choosePostFirst,
    backToFinder,
    backToPosts,
    backToList,
    toGuest,
    chooseGuest,
    afterGreeting,
    choosePerson,
    choosePost,
    giveReason,
    comeAgain,
    askOtherPost,
    signOut,
    undoSignOut,
    stay,
    toRollCall,
    readBadge,
    findByName,
    askStaff,
    startLinking,
    undo,
  };
});

/** The open visit that an `already-signed-in` refusal tells of. */
function openVisitIn({ refusal }: CallRefused): PersonView['visit'] {
  if (refusal.code !== 'already-signed-in') return undefined;
  const { visitId, postId, signedInAt } = refusal as unknown as NonNullable<PersonView['visit']>;
  return { visitId, postId, signedInAt };
}

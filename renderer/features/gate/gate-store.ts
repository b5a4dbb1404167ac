import { defineStore } from 'pinia';
import type { Client } from '../../../src/api/client.ts';
import type { PostView } from '../../../src/api/activities-api.ts';
import type { PersonView } from '../../../src/api/people-api.ts';
import type { Guest } from '../../../src/domain/guest.ts';
import { useKioskStore } from '../../stores/kiosk-store.ts';
import { useGateBadges } from './gate-badges.ts';
import { useGateCalls } from './gate-calls.ts';
import { useGateChoices } from './gate-choices.ts';
import type { GatePage, SignedIn } from './gate-page.ts';
import { useGateVisits } from './gate-visits.ts';

/**
 * One sign-in at the gate, from the first touch to the greeting: the way from page to page. What was chosen is in
 * `gate-choices.ts`; what is saved, and what is shown when that fails, in `gate-visits.ts`, `gate-badges.ts` and
 * `gate-calls.ts`. "Thank you" is shown after the kiosk has confirmed, never before.
 */
export const useGateStore = defineStore('gate', () => {
  const kiosk = useKioskStore();
  const choices = useGateChoices();
  const calls = useGateCalls(choices);
  const visits = useGateVisits(choices, calls, toIdle);
  const badges = useGateBadges(choices, calls, choosePerson);
  const { page, activityId, activity, person, post, reason, why, byBadge, changing, linking, guest } =
    choices;
  const { busy } = calls;

  function toIdle(): void {
    // What is being saved is nobody's to throw away.
    if (busy.value) return;
    page.value = { name: 'idle' };
    choices.forget();
  }

  function start(): void {
    const open = kiosk.view?.activities ?? [];
    if (open.length > 1) page.value = { name: 'activities' };
    else if (open[0]) chooseActivity(open[0].activityId);
  }

  function chooseActivity(chosen: string): void {
    if (busy.value) return;
    activityId.value = chosen;
    if (choices.afterActivity.value) void choices.afterActivity.value();
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
      if (back.name === 'greeting') goOn();
      else page.value = back;
      changing.value = undefined;
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

  function backToPosts(): void {
    if (!busy.value) page.value = { name: 'posts' };
  }

  function toGuest(): void {
    if (!busy.value) page.value = { name: 'guest' };
  }

  /** A leader calls the roll of the chosen activity. */
  function toRollCall(): void {
    if (!busy.value) page.value = { name: 'rollCall' };
  }

  async function choosePerson(client: Client, chosen: PersonView): Promise<void> {
    if (busy.value) return;
    if (linking.value !== undefined) {
      await badges.link(client, linking.value, chosen);
      return;
    }
    person.value = chosen;
    if (chosen.visit) page.value = { name: 'already', person: chosen, visit: chosen.visit };
    else if (chosen.left) page.value = { name: 'left', person: chosen, left: chosen.left };
    else await visits.signInOrAskPost(client);
  }

  /** Signs in somebody who is on no list, as soon as the post is known. */
  async function chooseGuest(client: Client, named: Guest): Promise<void> {
    if (busy.value) return;
    guest.value = named;
    await choosePerson(client, { personId: '', name: named.name, categoryId: 'guest', matched: 0 });
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
      await visits.changePost(client, changing.value.visitId, chosen, because);
      return;
    }
    post.value = chosen;
    reason.value = because;
    why.value = undefined;
    if (person.value) await visits.signIn(client);
    else page.value = { name: 'finder' };
  }

  /** Asks for another post of somebody who is signed in; `back` is where "back" leads. */
  function askOtherPost(visitId: string, who: PersonView, back: GatePage): void {
    if (busy.value) return;
    person.value = who;
    changing.value = { visitId, back };
    page.value = { name: 'posts' };
  }

  /** After the greeting: what the activity asks for, one thing after the other, then the wall. */
  function afterGreeting(signedIn: SignedIn): void {
    const { signature = false, photo = false } = activity.value?.evidence ?? {};
    const { name } = page.value;
    if (busy.value) return;
    if (signature && name !== 'signature' && name !== 'camera') page.value = { name: 'signature', signedIn };
    else if (photo && name !== 'camera') page.value = { name: 'camera', signedIn };
    else toIdle();
  }

  /** Away from what has been read: to what a greeting left for another post still asks for, else to the wall. */
  function goOn(): void {
    const back = changing.value?.back;
    if (back?.name === 'greeting') afterGreeting(back.signedIn);
    else toIdle();
  }

  return {
    page,
    turn: choices.turn,
    activity,
    person,
    post,
    query: choices.query,
    team: choices.team,
    categoryId: choices.categoryId,
    changing,
    linking,
    guest,
    notice: choices.notice,
    busy,
    toIdle,
    start,
    chooseActivity,
    choosePostFirst,
    backToFinder,
    backToList,
    backToPosts,
    toGuest,
    toRollCall,
    choosePerson,
    chooseGuest,
    choosePost,
    giveReason,
    askOtherPost,
    afterGreeting,
    goOn,
    undo: visits.undo,
    comeAgain: visits.comeAgain,
    leaveAndSignIn: visits.leaveAndSignIn,
    signInAnother: visits.signInAnother,
    signOut: visits.signOut,
    undoSignOut: visits.undoSignOut,
    stay: visits.stay,
    readBadge: badges.readBadge,
    findByName: badges.findByName,
    askStaff: badges.askStaff,
    startLinking: badges.startLinking,
  };
});

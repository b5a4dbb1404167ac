import { CallRefused, type Client } from '../../../src/api/client.ts';
import type { PostView } from '../../../src/api/activities-api.ts';
import type { PersonView } from '../../../src/api/people-api.ts';
import { kioskTime } from '../../composables/kiosk-clock.ts';
import type { GateCalls } from './gate-calls.ts';
import type { GateChoices } from './gate-choices.ts';
import type { OpenVisit } from './gate-page.ts';
import { asksReason, elsewhereIn, openVisitIn } from './gate-refusals.ts';

/** Who has just come would hardly leave again so soon, in milliseconds: a sign-out is then asked twice. */
const JUST_CAME = 120_000;

/** What a person does with their visit: signs in, undoes that, changes the post, signs out or says that they stay. */
export function useGateVisits(choices: GateChoices, { busy, attempt }: GateCalls, toIdle: () => void) {
  const { page, activity, person, post, reason, why, guest, another, leaveOther, notice, byBadge } = choices;

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
    // Who leads a post goes there, full or not.
    let hasRoom = known.limit === null || known.leader?.personId === person.value?.personId;
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
    const leaving = leaveOther.value && { leaveOther: true as const };
    const suggested = why.value && { why: why.value };
    await attempt(async () => {
      try {
        const { visitId, signedInAt, name, minutesSoFar } = guest.value
          ? {
              ...(await client.call('guests.signIn', {
                ...input,
                ...guest.value,
                ...(another.value && { another: true as const }),
              })),
              name: who.name,
              minutesSoFar: 0,
            }
          : await client.call('attendance.signIn', { ...input, ...by, ...leaving, personId: who.personId });
        // Touched as a mask, greeted by name.
        const greeted = { ...who, name };
        const saved = { visitId, person: greeted, post: where ?? null, signedInAt, minutesSoFar };
        const { organisation } = guest.value ?? {};
        const from = organisation !== undefined && { organisation };
        page.value = { name: 'greeting', signedIn: { ...saved, ...from, ...suggested } };
      } catch (error) {
        if (!(error instanceof CallRefused)) throw error;
        const visit = openVisitIn(error);
        const elsewhere = elsewhereIn(error);
        if (visit) page.value = { name: 'already', person: who, visit };
        else if (where && asksReason(error)) page.value = { name: 'reason', post: where };
        else if (elsewhere) page.value = { name: 'elsewhere', person: who, elsewhere };
        else throw error;
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

  /** Who has left comes back: a second visit. */
  async function comeAgain(client: Client): Promise<void> {
    if (!busy.value) await signInOrAskPost(client);
  }

  /** Agreed to: signed out where they are, signed in here. */
  async function leaveAndSignIn(client: Client): Promise<void> {
    if (busy.value) return;
    leaveOther.value = true;
    await signIn(client);
  }

  /** A guest is not the one of that name who is inside. */
  async function signInAnother(client: Client): Promise<void> {
    if (busy.value) return;
    another.value = true;
    await signInOrAskPost(client);
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
      try {
        await client.call('attendance.changePost', input);
        page.value = { name: 'notice', kind: 'moved', post: to, ...(who && { person: who }) };
      } catch (error) {
        if (!asksReason(error)) throw error;
        page.value = { name: 'reason', post: to };
      }
    });
  }

  /** Signs out; asks first where somebody has only just come, which may be a badge held twice. */
  async function signOut(client: Client, who: PersonView, visit: OpenVisit): Promise<void> {
    if (busy.value) return;
    const age = kioskTime() - Date.parse(visit.signedInAt);
    if (page.value.name !== 'sure' && age < JUST_CAME) {
      page.value = { name: 'sure', person: who, visit };
      return;
    }
    const input = { gestureId: crypto.randomUUID(), visitId: visit.visitId };
    await attempt(async () => {
      const { name, ...signedOut } = await client.call('signOuts.one', input);
      page.value = { name: 'signedOut', signedOut: { ...signedOut, person: { ...who, name } } };
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

  return {
    signInOrAskPost,
    signIn,
    undo,
    comeAgain,
    leaveAndSignIn,
    signInAnother,
    changePost,
    signOut,
    undoSignOut,
    stay,
  };
}

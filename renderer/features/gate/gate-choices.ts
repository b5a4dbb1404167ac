import { computed, ref, shallowRef } from 'vue';
import type { ActivityView, PostView } from '../../../src/api/activities-api.ts';
import type { PersonView } from '../../../src/api/people-api.ts';
import type { Guest } from '../../../src/domain/guest.ts';
import type { SuggestedPost } from '../../../src/domain/suggest-post.ts';
import { useKioskStore } from '../../stores/kiosk-store.ts';
import type { GatePage } from './gate-page.ts';

/** Most letters that can be typed. */
export const MAX_QUERY = 24;

/** Pages on which somebody who is not signed in yet goes on choosing. */
const CHOOSING = new Set(['activities', 'finder', 'guest', 'posts', 'reason']);

/** The page of the gate, and everything that one person has chosen on the way; it is forgotten together. */
export function useGateChoices() {
  const kiosk = useKioskStore();
  const page = shallowRef<GatePage>({ name: 'idle' });
  /** Counts the people who come one after the other. */
  const turn = ref(0);
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
  const endStaff = shallowRef<() => void>();
  /** What to do once it is known which activity is meant. */
  const afterActivity = shallowRef<() => Promise<void>>();
  /** Who signs in though on no list; their name is what they typed. */
  const guest = shallowRef<Guest>();
  /** Not the guest of that name who is inside already. */
  const another = ref(false);
  /** Signs out wherever else they are. */
  const leaveOther = ref(false);
  /** The version of the privacy notice that this person was shown. */
  const notice = ref<number>();

  /** As it is or, where it ended meanwhile, as it was: whoever chose it goes on and is told by the kiosk. */
  const activity = computed<ActivityView | undefined>((before) => {
    const isChosen = (one: ActivityView) => one.activityId === activityId.value;
    return kiosk.view?.activities.find(isChosen) ?? (before && isChosen(before) ? before : undefined);
  });

  /** Is the page of somebody who still chooses, so that what was chosen is theirs? */
  const choosing = computed(
    () => CHOOSING.has(page.value.name) && changing.value === undefined && linking.value === undefined,
  );

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
    afterActivity.value = undefined;
    endStaff.value?.();
    guest.value = undefined;
    another.value = false;
    leaveOther.value = false;
    notice.value = undefined;
  }

  return {
    page,
    turn,
    activityId,
    activity,
    choosing,
    person,
    post,
    reason,
    why,
    query,
    team,
    categoryId,
    byBadge,
    changing,
    linking,
    endStaff,
    afterActivity,
    guest,
    another,
    leaveOther,
    notice,
    forget,
  };
}

/** What `useGateChoices` holds. */
export type GateChoices = ReturnType<typeof useGateChoices>;

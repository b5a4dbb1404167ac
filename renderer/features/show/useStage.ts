import { computed, nextTick, onMounted, onScopeDispose, ref, shallowRef, watch, type Ref } from 'vue';
import { movesLess } from '../../composables/useScreenAccess.ts';
import { edgeFor, photoUrl, type Picture } from '../../composables/picture.ts';
import { keyed, placeToGoOn, roundFrom, WELCOME, type KeyedSlide } from './slides.ts';
import type { Slide } from '../../../src/api/shows-api.ts';

/** How long a change takes: by itself, and when somebody asked for it. Milliseconds. */
const UNHURRIED = 1200;
const BY_HAND = 300;
/** A picture that is not there after so many milliseconds counts as failed. */
const GIVE_UP_AFTER = 10_000;

type Side = 0 | 1;

/**
 * A stage with two planes: one is seen, on the other the next slide is made ready. A slide comes up only when all
 * of it can be drawn; one that cannot is passed over, and until then the last good one stays.
 * @param begin the key of the slide to begin with; the first one where it is left out or gone
 */
export function useStage(slides: Ref<readonly Slide[]>, planes: Ref<HTMLElement[] | null>, begin?: string) {
  const deck = shallowRef(keyed(slides.value));
  const sides = ref<[KeyedSlide | undefined, KeyedSlide | undefined]>([undefined, undefined]);
  const front = ref<Side>(0);
  /** The plane that is still seen beneath the one coming up. */
  const under = ref<Side>();
  const shown = computed(() => sides.value[front.value]);
  const place = computed(() => deck.value.findIndex((slide) => slide.key === shown.value?.key));

  const failed = new Set<string>();
  /** Where the stage is on its way to, and which slide lies ready on the hidden plane. */
  let heading: string | undefined;
  let ready: string | undefined;
  let errand = 0;
  let fade: Animation | undefined;
  let turning: Promise<void> | undefined;

  /** Shows the slide that is `step` further than the one shown or being fetched. */
  function move(step: 1 | -1, pace: number = BY_HAND): void {
    const from = deck.value.findIndex((slide) => slide.key === (heading ?? shown.value?.key));
    void bring(roundFrom(deck.value, from + step, step), pace);
  }

  function toFirst(): void {
    void bring(roundFrom(deck.value, 0, 1), BY_HAND);
  }

  /** The time is over: the next one, unless one is on its way. */
  function goOn(): void {
    if (heading === undefined) move(1, UNHURRIED);
  }

  /** Shows the first of `wanted` that can be drawn, then makes its successor ready. */
  async function bring(wanted: readonly KeyedSlide[], pace: number): Promise<void> {
    const mine = ++errand;
    heading = wanted[0]?.key;
    fade?.finish();
    await turning;
    if (mine !== errand) return;
    const next = await firstReady(wanted, mine);
    if (mine !== errand) return;
    heading = undefined;
    if (next) await (turning = turn(pace));
    if (mine !== errand) return;
    await firstReady(roundFrom(deck.value, place.value + 1, 1), mine);
  }

  /** Makes the first slide that can be drawn ready; undefined when that is the one shown, or none can be. */
  async function firstReady(wanted: readonly KeyedSlide[], mine: number): Promise<KeyedSlide | undefined> {
    for (const slide of wanted) {
      if (!isTold(slide) || (slide.kind === 'photo' && failed.has(slide.photoId))) continue;
      if (slide.key === shown.value?.key) return undefined;
      const isReady = await makeReady(slide, mine);
      if (mine !== errand) return undefined;
      if (isReady && isTold(slide)) return slide;
    }
    // Nothing can be drawn: what stands may stay only while it belongs to the show.
    if (shown.value && isTold(shown.value)) return undefined;
    return shown.value?.key !== WELCOME.key && (await makeReady(WELCOME, mine)) ? WELCOME : undefined;
  }

  function isTold(slide: KeyedSlide): boolean {
    return deck.value.some(({ key }) => key === slide.key);
  }

  async function makeReady(slide: KeyedSlide, mine: number): Promise<boolean> {
    if (ready === slide.key) return true;
    const hidden: Side = front.value === 0 ? 1 : 0;
    ready = undefined;
    sides.value[hidden] = slide;
    await nextTick();
    try {
      await inTime(slide.kind === 'photo' ? pictureOn(hidden, slide) : document.fonts.ready);
    } catch (error) {
      // Another errand that takes the plane ends this decoding, too.
      if (mine === errand && slide.kind === 'photo') {
        failed.add(slide.photoId);
        planeOf(hidden).image.removeAttribute('src');
        console.warn(`photo ${slide.photoId} cannot be shown:`, error);
      }
      return false;
    }
    if (mine !== errand) return false;
    ready = slide.key;
    return true;
  }

  function pictureOn(side: Side, picture: Picture): Promise<void> {
    const { plane, image } = planeOf(side);
    const needed = Math.max(plane.clientWidth, plane.clientHeight) * window.devicePixelRatio;
    const address = photoUrl(picture, edgeFor(needed));
    if (image.getAttribute('src') !== address) image.src = address;
    return image.decode();
  }

  function planeOf(side: Side): { plane: HTMLElement; image: HTMLImageElement } {
    const plane = planes.value?.[side];
    const image = plane?.querySelector('img');
    if (!plane || !image) throw new Error('the stage is not mounted');
    return { plane, image };
  }

  /** Lets the ready plane come up over the other one. */
  async function turn(pace: number): Promise<void> {
    const before = front.value;
    const first = sides.value[before] === undefined;
    front.value = before === 0 ? 1 : 0;
    ready = undefined;
    if (!first && !movesLess()) {
      under.value = before;
      // Set before the next frame is drawn, so that the plane is never seen whole before it fades in.
      fade = planeOf(front.value).plane.animate([{ opacity: 0 }, { opacity: 1 }], {
        duration: pace,
        easing: 'ease-in-out',
      });
      await fade.finished;
      fade = undefined;
      under.value = undefined;
    }
    sides.value[before] = undefined;
  }

  watch(slides, (told) => {
    const earlier = deck.value;
    const stood = shown.value?.key;
    deck.value = keyed(told);
    failed.clear();
    const byKey = new Map(deck.value.map((slide) => [slide.key, slide]));
    sides.value = [renewed(sides.value[0], byKey), renewed(sides.value[1], byKey)];
    if (!stood || byKey.has(stood)) return;
    void bring(roundFrom(deck.value, placeToGoOn(earlier, stood, deck.value), 1), BY_HAND);
  });

  onMounted(() => {
    const place = deck.value.findIndex(({ key }) => key === begin);
    void bring(roundFrom(deck.value, Math.max(0, place), 1), BY_HAND);
  });
  onScopeDispose(() => {
    errand++;
    fade?.cancel();
  });

  return { deck, sides, front, under, shown, place, move, toFirst, goOn };
}

/** The slide as it was told last; one that is gone stays what it was until another has come up. */
function renewed(slide: KeyedSlide | undefined, byKey: ReadonlyMap<string, KeyedSlide>) {
  return slide && (byKey.get(slide.key) ?? slide);
}

function inTime(work: Promise<unknown>): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`not there after ${GIVE_UP_AFTER / 1000} s`)),
      GIVE_UP_AFTER,
    );
    void work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

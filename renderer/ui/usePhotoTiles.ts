import { onScopeDispose, ref, watch, type Ref } from 'vue';
import { photoUrl, type Picture } from '../composables/picture.ts';

/** What a wall needs to know of a photo. */
export interface WallPhoto extends Picture {
  width: number;
  height: number;
  focus?: { x: number; y: number };
}

/** One brick changes this often, in milliseconds. */
const CHANGE_EVERY = 7000;
/** A photo may take the place of another whose shape differs by at most this factor: a crop of a few percent. */
const SHAPE_TOLERANCE = 1.25;

/**
 * Which photo each tile shows. Photos that found no tile come in one at a time, each into a tile of its own
 * shape, so that nothing else moves.
 */
export function usePhotoTiles(
  photos: Ref<readonly WallPhoto[]>,
  tiles: Ref<readonly WallPhoto[]>,
  paused: Ref<boolean>,
) {
  const shown = ref<WallPhoto[]>([]);
  let turn = 0;

  watch(tiles, (photos) => (shown.value = [...photos]), { immediate: true });

  async function changeOne(): Promise<void> {
    if (paused.value) return;
    const visible = new Set(shown.value.map((photo) => photo.photoId));
    const waiting = photos.value.filter((photo) => !visible.has(photo.photoId));
    for (let tried = 0; tried < shown.value.length && waiting.length > 0; tried++) {
      const place = turn++ % shown.value.length;
      const next = waiting[turn % waiting.length];
      const present = shown.value[place];
      if (!next || !present || !sameShape(next, present)) continue;
      if ((await canBeShown(next)) && shown.value[place] === present) shown.value[place] = next;
      return;
    }
  }

  const timer = setInterval(() => void changeOne(), CHANGE_EVERY);
  onScopeDispose(() => clearInterval(timer));
  return shown;
}

function sameShape(one: WallPhoto, other: WallPhoto): boolean {
  const ratio = (one.width / one.height) * (other.height / other.width);
  return ratio < SHAPE_TOLERANCE && ratio > 1 / SHAPE_TOLERANCE;
}

/** Loads and decodes the picture, so that the change shows it at once; false when that fails. */
async function canBeShown(photo: WallPhoto): Promise<boolean> {
  const image = new Image();
  image.src = photoUrl(photo, 1920);
  try {
    await image.decode();
    return true;
  } catch (error) {
    console.warn(`photo ${photo.photoId} cannot be shown:`, error);
    return false;
  }
}

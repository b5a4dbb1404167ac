import type { CDPSession, Locator, Page } from 'playwright-core';
import { readBadge } from './badge-reader.ts';

/** What was done at a screen: a place touched so many times, or a badge held to the reader. */
export type Gesture = { kind: 'touch'; times: number } | { kind: 'badge'; badge: string };

/** A finger, and a badge reader beside it. All they do is counted and timed. */
export interface Finger {
  /** Touches the middle of `what`, as soon as that stands still, and waits for what that leads to. */
  touch(what: Locator, leadsTo: Locator, times?: number): Promise<void>;
  /** Reads a badge and waits for what that leads to. */
  badge(badge: string, leadsTo: Locator): Promise<void>;
  /** What has been done so far, one after the other. */
  readonly gestures: readonly Gesture[];
  /** How often the screen has been touched so far. */
  touches(): number;
  /**
   * What has been waited for so far, in milliseconds: from each touch or badge until what it leads to is shown, and
   * until what is touched next stands still and takes touches.
   */
  spent(): number;
}

/** A touch as near and as soon as this is taken for a double tap; people take longer. In milliseconds, and pixels of a 1920x1080 screen. */
const SOON = 650;
const NEAR = 120;

/** A finger on that page, which rests so long, in milliseconds, before it touches the same place again. */
export function fingerOn(page: Page, rest = SOON): Finger {
  const gestures: Gesture[] = [];
  let spent = 0;
  let last = { x: -1000, y: -1000, at: 0 };
  async function timed(act: () => Promise<void>): Promise<void> {
    const begun = performance.now();
    await act();
    spent += performance.now() - begun;
  }
  return {
    gestures,
    touches: () => gestures.reduce((sum, gesture) => sum + (gesture.kind === 'touch' ? gesture.times : 0), 0),
    spent: () => spent,
    async touch(what, leadsTo, times = 1) {
      await timed(() => what.tap({ trial: true }));
      const box = (await what.boundingBox())!;
      const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
      const soon = last.at + rest - performance.now();
      if (soon > 0 && Math.hypot(x - last.x, y - last.y) < NEAR) await page.waitForTimeout(soon);
      gestures.push({ kind: 'touch', times });
      await timed(async () => {
        for (let time = 0; time < times; time++) await page.touchscreen.tap(x, y);
        await leadsTo.waitFor();
      });
      last = { x, y, at: performance.now() };
    },
    async badge(badge, leadsTo) {
      gestures.push({ kind: 'badge', badge });
      await timed(async () => {
        await readBadge(page, badge);
        await leadsTo.waitFor();
      });
      // The page has turned: the place touched last is taken for a double tap once more.
      last = { ...last, at: performance.now() };
    },
  };
}

/** What fingers at these places do to the glass, as many as there are; how long they stay is up to the test. */
export function touchGlass(
  cdp: CDPSession,
  type: 'touchStart' | 'touchMove' | 'touchEnd' | 'touchCancel',
  places: readonly { x: number; y: number }[],
) {
  const touchPoints = places.map((place, id) => ({ ...place, id }));
  return cdp.send('Input.dispatchTouchEvent', { type, touchPoints });
}

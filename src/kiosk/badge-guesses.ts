import { CallError } from '../api/call-error.ts';

/*
 * Who reads one badge after the other that nobody knows is guessing staff numbers, for each that is known tells a name. A
 * gate sees 10 to 12 people a minute at the peak (DESIGN.md section 1). One unknown badge is forgotten every 4 s, 15 a
 * minute, so a queue in which nobody's badge is linked never waits, however long it is; nor do a handful of people who
 * each hold theirs to the reader again and again, until 30 more were read than forgotten. A program reaches that within
 * seconds and gets no further than 15 guesses a minute. The longest wait is short, because everybody's badge shares it.
 */
const FREE = 30;
const FORGOTTEN_AFTER = 4;
const FIRST_WAIT = 5;
const LONGEST_WAIT = 30;

/** Slows down who guesses badges. */
export interface BadgeGuesses {
  /** @throws CallError `badges-wait` with the seconds, while no badge is to be read. */
  refuseWhileWaiting(): void;
  /** A badge was read that nobody knows: too many of them, and the next one waits. */
  noteUnknown(): void;
}

/** Counts from nothing; `uptime` in seconds, only forward. */
export function badgeGuesses(uptime: () => number): BadgeGuesses {
  /** Unknown badges that are not forgotten yet at `since`, which is the end of the latest wait. */
  let unknown = 0;
  let since = 0;

  return {
    refuseWhileWaiting() {
      const wait = Math.ceil(since - uptime());
      if (wait > 0) throw badgesWait(wait);
    },
    noteUnknown() {
      const forgotten = (uptime() - since) / FORGOTTEN_AFTER;
      unknown = Math.max(0, unknown - forgotten) + 1;
      since = uptime() + waitAfter(unknown);
    },
  };
}

/** Seconds: none up to the free ones, then 5, doubling to the longest. */
function waitAfter(unknown: number): number {
  if (unknown <= FREE) return 0;
  return Math.min(FIRST_WAIT * 2 ** (Math.ceil(unknown - FREE) - 1), LONGEST_WAIT);
}

function badgesWait(seconds: number): CallError {
  return new CallError(
    'refused',
    'badges-wait',
    {
      en: `Many badges were read that nobody knows. The next one is read in ${seconds} s; by name you can sign in now.`,
      zh: `未登记的卡过多，${seconds} 秒后可继续刷卡；现在可按姓名签到。`,
    },
    { seconds },
  );
}

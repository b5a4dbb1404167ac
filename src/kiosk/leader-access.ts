import type { LeaderPins } from '../access/leader-pins.ts';
import type { GuardClock, Tried } from '../access/pin-guard.ts';
import type { Opener } from '../access/sessions.ts';
import { CallError } from '../api/call-error.ts';
import { refuseOutsideWindow } from '../domain/admission.ts';
import { closingOf, occurrenceAt } from '../domain/activity.ts';
import { badgeOf } from '../domain/badge.ts';
import { waitAfter } from '../domain/pin.ts';
import { Refusal } from '../domain/refusal.ts';
import type { State } from '../domain/state.ts';
import { activityById } from './handlers/activity-view.ts';
import { notLeading } from './handlers/led-by.ts';

/** The keys of the leaders: their PINs and badges, and which posts they lead. */
export interface LeaderAccess {
  /**
   * The posts that somebody leads of an activity whose roll-call can be opened now.
   * @throws Refusal `activity-unknown`, `not-open`; CallError `not-leading`.
   */
  postsLedBy(personId: string, activityId: string): string[];
  /** Tries a leader's PIN. @throws Problem `leader-pin-damaged`. */
  tryPin(personId: string, pin: string): Promise<Tried>;
  /** Whose linked badge it is; a staff number that is typed as a badge is nobody's. @throws CallError `badge-unknown`, `pin-locked`. */
  ownerOf(badge: string): string;
  /** Sets a leader's PIN, or takes it away. @throws Refusal `person-unknown`, Problem `pin-not-saved`. */
  setPin(personId: string, pin: string | null): Promise<void>;
  /** Who has a PIN. */
  withPin(): { personId: string; name: string }[];
  /** Is the leader still on the roster, and the key still theirs? */
  stillOpens(opener: Opener & { role: 'leader' }): boolean;
  /** Takes the PINs of those away who are not on the roster any more. */
  dropOfLeft(): Promise<void>;
}

/** The key of a session that a badge has opened. */
export function badgeKey(badge: string): string {
  return `badge ${badgeOf(badge)}`;
}

/** Opens roll-calls for the people of this state. */
export function leaderAccess(
  state: () => Readonly<State>,
  pins: LeaderPins,
  clock: GuardClock,
): LeaderAccess {
  /** Unknown badges in a row, and when the last was read, in seconds of the machine. */
  let unknown = { count: 0, at: 0 };

  function isOnRoster(personId: string): boolean {
    const person = state().people.get(personId);
    return person !== undefined && !person.left;
  }

  return {
    postsLedBy(personId, activityId) {
      const activity = activityById(state(), activityId);
      const now = clock.now();
      const { endsAt, closesAt } = closingOf(activity, { signedInAt: occurrenceAt(activity, now).startsAt });
      const isClosing = Date.parse(now) > Date.parse(endsAt) && Date.parse(now) <= Date.parse(closesAt);
      if (!isClosing) refuseOutsideWindow(activity, now);
      const led = activity.posts.filter(({ leaderId }) => leaderId === personId);
      if (led.length === 0 || !isOnRoster(personId)) throw notLeading();
      return led.map(({ postId }) => postId);
    },
    tryPin: (personId, pin) => pins.try(personId, pin),
    ownerOf(badge) {
      const wait = Math.ceil(waitAfter(unknown.count) - (clock.uptime() - unknown.at));
      if (unknown.count > 0 && wait > 0) throw badgesWait(wait);
      const code = badgeOf(badge);
      const people = [...state().people.values()];
      const owner = people.find(({ badges, left }) => !left && badges?.includes(code));
      if (owner) {
        unknown = { count: 0, at: 0 };
        return owner.personId;
      }
      unknown = { count: unknown.count + 1, at: clock.uptime() };
      throw badgeUnknown();
    },
    async setPin(personId, pin) {
      if (pin === null) return pins.remove(personId);
      if (!isOnRoster(personId)) throw new Refusal({ code: 'person-unknown' });
      await pins.set(personId, pin);
    },
    withPin: () =>
      pins
        .all()
        .filter(isOnRoster)
        .map((personId) => ({ personId, name: state().people.get(personId)!.name })),
    stillOpens({ personId, key }) {
      if (!isOnRoster(personId)) return false;
      const { badges = [] } = state().people.get(personId)!;
      return badges.some((badge) => badgeKey(badge) === key) || pins.version(personId) === key;
    },
    dropOfLeft: () => pins.keepOnly(isOnRoster),
  };
}

function badgeUnknown(): CallError {
  return new CallError('refused', 'badge-unknown', {
    en: 'This badge opens no roll-call: only one that the office has linked to a leader does. Please use your PIN.',
    zh: '此工牌不能打开点名：须先在管理页面绑定给班组长。请使用密码。',
  });
}

function badgesWait(seconds: number): CallError {
  return new CallError(
    'refused',
    'pin-locked',
    {
      en: `Too many unknown badges. Please wait ${seconds} s, or use your PIN.`,
      zh: `未知工牌次数过多，请等待 ${seconds} 秒，或使用密码。`,
    },
    { seconds },
  );
}

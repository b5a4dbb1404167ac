import type { PinGuard, Tried } from '../../access/pin-guard.ts';
import type { Sessions } from '../../access/sessions.ts';
import { CallError } from '../../api/call-error.ts';
import { FREE_TRIES, isGoodPin } from '../../domain/pin.ts';
import { roleAllows } from '../../domain/role.ts';
import { badgeKey, type LeaderAccess } from '../leader-access.ts';
import type { HandlersOf } from './parts.ts';

/** What the access handlers work with. */
export interface AccessParts {
  guard: PinGuard;
  sessions: Sessions;
  leaders: LeaderAccess;
}

/** Answers `access.*`. */
export function accessHandlers({ guard, sessions, leaders }: AccessParts): HandlersOf<'access'> {
  const openOffice = (version: string) => ({ token: sessions.begin({ role: 'admin', key: version }) });
  return {
    'access.state': (_input, { role }) => ({
      pinSet: guard.version() !== undefined,
      waitSeconds: guard.waitSeconds(),
      open: roleAllows(role, 'editor'),
    }),
    async 'access.setPin'({ pin }) {
      requireGoodPin(pin);
      const version = await guard.set(pin, (present) => present === undefined);
      if (version === undefined) throw pinSet();
      return openOffice(version);
    },
    async 'access.unlock'({ pin }) {
      return openOffice(rightPin(await guard.try(pin), pinMissing));
    },
    'access.stay'(_input, { token }) {
      if (token !== undefined) sessions.renew(token);
      return {};
    },
    'access.lock'(_input, { token }) {
      if (token !== undefined) sessions.end(token);
      return {};
    },
    async 'access.changePin'({ current, pin }) {
      requireGoodPin(pin);
      const known = rightPin(await guard.try(current), pinMissing);
      const version = await guard.set(pin, (present) => present === known);
      if (version === undefined) throw pinWrong(0);
      return openOffice(version);
    },
    async 'access.setLeaderPin'({ personId, pin }) {
      if (pin !== null) requireGoodPin(pin);
      await leaders.setPin(personId, pin);
      return { personId };
    },
    'access.leaders': () => ({ leaders: leaders.withPin() }),
    async 'access.unlockLeader'({ activityId, badge, personId: chosen = '', pin = '' }) {
      const personId = badge === undefined ? chosen : leaders.ownerOf(badge);
      const postIds = leaders.postsLedBy(personId, activityId);
      const key =
        badge === undefined
          ? rightPin(await leaders.tryPin(personId, pin), leaderPinMissing)
          : badgeKey(badge);
      return { token: sessions.begin({ role: 'leader', personId, key }), personId, postIds };
    },
  };
}

/** The version of the PIN when it is right. @throws CallError in every other case. */
function rightPin(tried: Tried, missing: () => CallError): string {
  switch (tried.outcome) {
    case 'right':
      return tried.version;
    case 'wrong':
      throw pinWrong(tried.waitSeconds);
    case 'waiting':
      throw pinLocked(tried.waitSeconds);
    case 'no-pin':
      throw missing();
  }
}

function pinMissing(): CallError {
  return new CallError('refused', 'pin-missing', {
    en: 'No PIN is set yet. Please open the office on the kiosk and set one.',
    zh: '尚未设置密码。请在本机打开管理页面并设置密码。',
  });
}

function leaderPinMissing(): CallError {
  return new CallError('refused', 'leader-pin-missing', {
    en: 'You have no PIN yet. The office sets one under People; or use your badge.',
    zh: '您还没有密码。请在管理页面“人员”中设置，或刷工牌。',
  });
}

function requireGoodPin(pin: string): void {
  if (isGoodPin(pin)) return;
  throw new CallError('refused', 'pin-weak', {
    en: 'A PIN has 6 to 12 digits, not all the same and not in a row such as 123456. Please choose another.',
    zh: '密码须为 6 至 12 位数字，不能全部相同，也不能是 123456 这样的连续数字。请另选一个。',
  });
}

function pinSet(): CallError {
  return new CallError('refused', 'pin-set', {
    en: 'A PIN is set already. Please open the office with it; whoever has forgotten it runs on the kiosk’s machine: muster pin reset',
    zh: '密码已设置，请用它打开管理页面。如忘记密码，请在本机运行：muster pin reset',
  });
}

function pinWrong(waitSeconds: number): CallError {
  const wait =
    waitSeconds > 0
      ? { en: ` Please wait ${waitSeconds} s before the next try.`, zh: `请等待 ${waitSeconds} 秒后再试。` }
      : {
          en: ` After ${FREE_TRIES} wrong ones there is a wait.`,
          zh: `连续 ${FREE_TRIES} 次错误后需要等待。`,
        };
  return new CallError(
    'refused',
    'pin-wrong',
    { en: `This PIN is wrong.${wait.en}`, zh: `密码错误。${wait.zh}` },
    { seconds: waitSeconds },
  );
}

function pinLocked(seconds: number): CallError {
  return new CallError(
    'refused',
    'pin-locked',
    {
      en: `Too many wrong PINs. Please wait ${seconds} s. Signing in goes on meanwhile.`,
      zh: `密码错误次数过多，请等待 ${seconds} 秒。签到不受影响。`,
    },
    { seconds },
  );
}

import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import type { Answer } from '../../src/api/answer.ts';
import type { Bridge } from '../../src/api/channels.ts';

/** A page of the app, as a script in it sees its window. */
export interface BridgeWindow {
  muster: Bridge;
}

/** Calls an operation from within the page. */
export async function callFrom(
  page: Page,
  operation: string,
  input: unknown,
  token?: string,
): Promise<Answer> {
  return page.evaluate(
    ([name, given, caller]) =>
      (window as unknown as BridgeWindow).muster.call(name, given, caller ?? undefined) as Promise<Answer>,
    [operation, input, token ?? null] as const,
  );
}

/** As `callFrom`; fails on a "no". */
export async function resultFrom<T>(
  page: Page,
  operation: string,
  input: unknown,
  token?: string,
): Promise<T> {
  const answer = await callFrom(page, operation, input, token);
  if (!answer.ok) throw new Error(`${operation}: ${answer.refusal.message.en}`);
  return answer.result as T;
}

/** Opens the office from the page, with a first PIN. */
export async function unlock(page: Page): Promise<string> {
  const { token } = await resultFrom<{ token: string }>(page, 'access.setPin', { pin: '730418' });
  return token;
}

/** Signs somebody of the sample in from within the page. */
export function signInFrom(page: Page, personId: string, gestureId: string = randomUUID()): Promise<Answer> {
  return callFrom(page, 'attendance.signIn', { gestureId, activityId: 'sample-volunteer-evening', personId });
}

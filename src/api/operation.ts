import { z } from 'zod';
import type { Role } from '../domain/role.ts';
import { characterCount, tidyLine } from '../domain/text.ts';

/** One operation of the contract: who may call it, what goes in, what comes out. */
export interface Operation<Input extends z.ZodType = z.ZodType, Result = unknown> {
  /** The least role that may call it. */
  role: Role;
  input: Input;
  /** Carries the result's type only; there is nothing to read at run time. */
  result?: Result;
}

/** Declares an operation; the result's type is named by `resultOf<…>()`. */
export function operation<Input extends z.ZodType, Result>(
  role: Role,
  input: Input,
  _result: TypeOnly<Result>,
): Operation<Input, Result> {
  return { role, input };
}

interface TypeOnly<T> {
  readonly type?: T;
}

/** Names the result type of an operation; nothing at run time. */
export function resultOf<T>(): TypeOnly<T> {
  return {};
}

const MAX_GESTURE_ID = 64;

/**
 * Input of an operation that changes something: its fields and the id of the gesture behind it, 1 to 64
 * characters, which makes a double tap, a retry or a reconnect harmless.
 */
export function changing<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.strictObject({ gestureId: characters(MAX_GESTURE_ID), ...shape });
}

/** A string of 1 to `max` characters in code points: most emoji are one. */
export function characters(max: number) {
  return z
    .string()
    .min(1)
    .refine((text) => text.length <= max || characterCount(text) <= max, `at most ${max} characters`);
}

/** A line of text as people type it: trimmed, composed (NFC), without control and bidirectional characters. */
export function line(max: number) {
  return z.string().transform(tidyLine).pipe(characters(max));
}

/** An id as the kiosk gives them. */
export const id = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$/, 'not an id');

/** Words in both languages, each a line of 1 to 200 characters. */
export const bilingual = z.strictObject({ en: line(200), zh: line(200) });

/** Words in both languages that may be left empty, in both. */
export const bilingualOrEmpty = z.union([
  bilingual,
  z.strictObject({ en: z.literal(''), zh: z.literal('') }),
]);

/** ISO 8601 with milliseconds and offset. */
export const isoTime = z.iso.datetime({ offset: true, precision: 3 }).refine((at) => !at.endsWith('Z'), {
  message: 'an offset such as +08:00 is wanted, not Z',
});

/** A local date, "2026-11-22". */
export const localDate = z.iso.date();

import type { AnswerKind } from '../api/answer.ts';

/** The HTTP status of each kind of "no". */
export const STATUS = {
  refused: 409,
  invalid: 400,
  forbidden: 401,
  unknown: 404,
  'too-large': 413,
  fault: 500,
} as const satisfies Record<AnswerKind, number>;

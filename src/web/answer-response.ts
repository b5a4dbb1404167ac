import type { Answer, AnswerKind, Dispatched } from '../api/answer.ts';
import { SAFE_HEADERS } from './content-policy.ts';

/** The HTTP status of each kind of "no". */
const STATUS = {
  refused: 409,
  invalid: 400,
  forbidden: 401,
  unknown: 404,
  'too-large': 413,
  fault: 500,
} as const satisfies Record<AnswerKind, number>;

/** The dispatcher's answer as HTTP carries it: the status says what kind of "no" it is. */
export function dispatchedResponse(answer: Dispatched): Response {
  return answer.ok
    ? answerResponse(answer, 200)
    : answerResponse({ ok: false, refusal: answer.refusal }, STATUS[answer.kind]);
}

/** An answer that a host gives by itself, with its status. */
export function answerResponse(answer: Answer, status: number): Response {
  return Response.json(answer, { status, headers: { ...SAFE_HEADERS, 'cache-control': 'no-store' } });
}

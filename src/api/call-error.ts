import type { Bilingual } from '../domain/bilingual.ts';
import { Problem } from '../domain/problem.ts';
import type { AnswerKind } from './answer.ts';

/** A "no" that is not the domain's but the call's own: the caller's role, a limit. */
export class CallError extends Problem {
  readonly kind: AnswerKind;
  /** What the code brings along, such as seconds to wait. */
  readonly details: Readonly<Record<string, unknown>>;

  constructor(
    kind: AnswerKind,
    code: string,
    words: Bilingual,
    details: Readonly<Record<string, unknown>> = {},
  ) {
    super(code, words);
    this.kind = kind;
    this.details = details;
  }
}

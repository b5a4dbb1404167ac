import type { Bilingual } from '../domain/bilingual.ts';

/** A "no" as it crosses a process border: a code, words for a person, and what the code brings along. */
export interface RefusalView {
  code: string;
  message: Bilingual;
  [detail: string]: unknown;
}

/** Why a call got no result; hosts turn it into their own status. */
export type AnswerKind = 'refused' | 'invalid' | 'forbidden' | 'unknown' | 'too-large' | 'fault';

/** What comes back from every call, over every transport. */
export type Answer<Result = unknown> = { ok: true; result: Result } | { ok: false; refusal: RefusalView };

/** An answer as the dispatcher gives it to a host. */
export type Dispatched =
  { ok: true; result: unknown } | { ok: false; kind: AnswerKind; refusal: RefusalView };

/** A "no" that a host gives by itself, in both languages. */
export function no(code: string, en: string, zh: string): Answer {
  return { ok: false, refusal: { code, message: { en, zh } } };
}

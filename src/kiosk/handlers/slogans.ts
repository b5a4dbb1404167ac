import type { HandlersOf, Parts } from './parts.ts';

/** Answers `slogans.*`. */
export function sloganHandlers({ ledger }: Parts): HandlersOf<'slogans'> {
  return {
    'slogans.list': () => ({ slogans: [...ledger.state.slogans.values()] }),
    'slogans.save'(input, { role }) {
      return ledger.run({ type: 'save-slogan', slogan: input.slogan }, input, role);
    },
    'slogans.remove'(input, { role }) {
      return ledger.run({ type: 'remove-slogan', sloganId: input.sloganId }, input, role);
    },
  };
}

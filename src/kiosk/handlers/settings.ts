import type { HandlersOf, Parts } from './parts.ts';

/** Answers `settings.*`. */
export function settingsHandlers({ ledger }: Parts): HandlersOf<'settings'> {
  return {
    'settings.get': () => ({
      settings: ledger.state.settings,
      categories: [...ledger.state.categories.values()],
    }),
    'settings.save'(input, { role }) {
      return ledger.run({ type: 'change-settings', settings: input.settings }, input, role);
    },
  };
}

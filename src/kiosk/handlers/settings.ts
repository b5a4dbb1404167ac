import { roleAllows } from '../../domain/role.ts';
import type { HandlersOf, Parts } from './parts.ts';

/** Answers `settings.*`. */
export function settingsHandlers({ ledger }: Parts): HandlersOf<'settings'> {
  return {
    'settings.get': (_, { role }) => ({
      // Where backups lie is nobody's business at the gate.
      settings: roleAllows(role, 'editor')
        ? ledger.state.settings
        : { ...ledger.state.settings, backup: null },
      categories: [...ledger.state.categories.values()],
    }),
    'settings.save'(input, { role }) {
      return ledger.run({ type: 'change-settings', settings: input.settings }, input, role);
    },
  };
}

import { findPlaces, folderInPlaces } from '../places.ts';
import type { HandlersOf, Parts } from './parts.ts';

/** Answers `settings.*`. */
export function settingsHandlers({ ledger }: Parts): HandlersOf<'settings'> {
  return {
    'settings.get': () => ({
      settings: ledger.state.settings,
      categories: [...ledger.state.categories.values()],
    }),
    async 'settings.save'(input, { role }) {
      const { watch } = input.settings;
      const settings = watch
        ? {
            ...input.settings,
            watch: { ...watch, folder: await folderInPlaces(watch.folder, await findPlaces()) },
          }
        : input.settings;
      return ledger.run({ type: 'change-settings', settings }, input, role);
    },
  };
}

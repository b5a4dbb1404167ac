/** One rule taken out of the domain: a text that stands once in a file, and what it becomes. */
export interface Mutant {
  name: string;
  file: string;
  from: string;
  to: string;
}

export const MUTANTS: Mutant[] = [
  {
    name: 'an undo has no effect',
    file: 'src/domain/evolve.ts',
    from: 'if (visit) putVisit(state, { ...visit, undoneAt: event.at });',
    to: '',
  },
  {
    name: 'an undo is answered but never happens',
    file: 'src/domain/decide-visits.ts',
    from: `return { event: { type: 'visit-undone', data: { visitId } }, answer: { visitId } };`,
    to: 'return { answer: { visitId } };',
  },
  {
    name: 'an undone visit still keeps its person from signing in',
    file: 'src/domain/state.ts',
    from: 'open.delete(visit.personId);',
    to: '',
  },
  {
    name: 'a second sign-in is not noticed',
    file: 'src/domain/decide-visits.ts',
    from: 'if (open) {',
    to: 'if (open && false) {',
  },
  {
    name: 'a repeated gesture is decided again',
    file: 'src/domain/decide.ts',
    from: 'if (known) {',
    to: 'if (known && false) {',
  },
  {
    name: 'a gesture is answered whatever its input',
    file: 'src/domain/decide.ts',
    from: 'if (known.fingerprint !== asking.gesture.fingerprint)',
    to: 'if (false)',
  },
  {
    name: 'gestures are missing from the snapshot',
    file: 'src/domain/snapshot.ts',
    from: `for (const record of state.gestures.values()) yield { kind: 'gesture', record };`,
    to: '',
  },
];

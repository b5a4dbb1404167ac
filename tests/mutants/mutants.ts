import type { Mutation } from '../support/mutant-copy.ts';

/** One rule of the domain or of the access taken out. */
export interface Mutant extends Mutation {
  /** Which tests must notice: the domain's invariants where nothing is said. */
  guardedBy?: 'clock' | 'redact' | 'pin-guard' | 'sessions';
}

export const MUTANTS: Mutant[] = [
  {
    name: 'an undo has no effect',
    file: 'src/domain/evolve.ts',
    from: 'change(state, [event.data.visitId], (visit) => ({ ...visit, ...undoneBy(event, visit) }));',
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
    from: 'if (state.openVisits.get(key)?.get(personId) === visitId) removeFrom(state.openVisits, key, personId);',
    to: '',
  },
  {
    name: 'a second sign-in is not noticed',
    file: 'src/domain/admission.ts',
    from: 'refuseSecond(state, activity, personId, at);',
    to: ';',
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
  {
    name: 'a visit that is declared void still counts',
    file: 'src/domain/evolve.ts',
    from: 'change(state, [visitId], (visit) => ({ ...visit, ...undoneBy(event, visit), voidReason }));',
    to: '',
  },
  {
    name: 'somebody who has left signs in',
    file: 'src/domain/admission.ts',
    from: 'if (!person || person.left)',
    to: 'if (!person)',
  },
  {
    name: 'somebody is entered for a time to come',
    file: 'src/domain/decide-visits.ts',
    from: 'if (Date.parse(signedInAt) > Date.parse(asking.at))',
    to: 'if (false)',
  },
  {
    name: 'who is removed is forgotten by what names them',
    file: 'src/domain/evolve.ts',
    from: 'if (named.has(personId)) state.people.set(personId, { ...person, left: true });',
    to: 'if (named.has(personId) && false) state.people.set(personId, { ...person, left: true });',
  },
  {
    name: 'who is removed stays on the roster',
    file: 'src/domain/evolve.ts',
    from: 'state.people.set(personId, { ...person, left: true });',
    to: 'state.people.set(personId, person);',
  },
  {
    name: 'shows are missing from the snapshot',
    file: 'src/domain/snapshot.ts',
    from: `for (const record of state.shows.values()) yield { kind: 'show', record };`,
    to: '',
  },
  {
    name: 'receipts of erasures are missing from the snapshot',
    file: 'src/domain/snapshot.ts',
    from: `for (const record of state.receipts.values()) yield { kind: 'receipt', record };`,
    to: '',
  },
  {
    name: 'what is written about who is erased stays',
    file: 'src/domain/erase-people.ts',
    from: 'if (erased.has(visit.personId)) state.visits.set(visit.visitId, withoutWords(visit));',
    to: '',
  },
  {
    name: 'an activity goes on naming who is erased',
    file: 'src/domain/erase-people.ts',
    from: 'if (!led && !assigned && !expectedIds?.some(gone)) return activity;',
    to: 'return activity;',
  },
  {
    name: 'a time that is dropped keeps its minutes',
    file: 'src/domain/drop-times.ts',
    from: 'signedInAt: midnightOf(signedInAt),',
    to: 'signedInAt,',
  },
  {
    name: 'times are dropped while the clock is in doubt',
    file: 'src/domain/decide-upkeep.ts',
    from: 'if (clockInDoubt(state))',
    to: 'if (false)',
  },
  {
    name: 'who came twice by the right clock counts twice',
    file: 'src/domain/correct-clock.ts',
    from: `if (visit.seq < (here.get(key) ?? 0)) doubles.push(visitId);
    else here.set`,
    to: 'here.set',
    guardedBy: 'clock',
  },
  {
    name: 'visits that a corrected clock moves are still counted where they were',
    file: 'src/domain/correct-clock.ts',
    from: '  reindexPlaces(state);\n',
    to: '',
  },
  {
    name: 'a corrected clock leaves times as they were',
    file: 'src/domain/correct-clock.ts',
    from: 'if (byMs === 0) return [];',
    to: 'if (byMs !== 0) return [];',
    guardedBy: 'clock',
  },
  {
    name: 'a correction stops at the next jump, settled or not',
    file: 'src/domain/correct-clock.ts',
    from: 'return settled !== undefined && byMs !== null;',
    to: 'return false;',
    guardedBy: 'clock',
  },
  {
    name: 'what is written again still names who is erased',
    file: 'src/domain/redact.ts',
    from: 'if (known && !known.erased) return person;',
    to: 'return person;',
    guardedBy: 'redact',
  },
  {
    name: 'the fingerprint of an import goes on hashing who is erased',
    file: 'src/domain/gesture.ts',
    from: 'const isOfMany = skipped !== undefined || visitIds !== undefined;',
    to: 'const isOfMany = visitIds !== undefined;',
    guardedBy: 'redact',
  },
  {
    name: 'what is written again keeps the exact time of an old sign-in',
    file: 'src/domain/redact.ts',
    from: `at: visit?.signedInAt ?? midnightOf(event.at),
    data: {
`,
    to: 'data: {',
    guardedBy: 'redact',
  },
  {
    name: 'what is written again keeps the exact time of an old roll-call',
    file: 'src/domain/redact.ts',
    from: 'at: visit?.signedInAt ?? midnightOf(event.at),\n    data: { ',
    to: 'data: { ',
    guardedBy: 'redact',
  },
  {
    name: 'what is written again folds to another state',
    file: 'src/domain/redact.ts',
    from: '...(timeCorrected && { timeCorrected }),',
    to: '',
    guardedBy: 'redact',
  },
  {
    name: 'a wrong PIN is not counted',
    file: 'src/access/pin-guard.ts',
    from: 'await this.#count(tries.failures + 1);',
    to: '',
    guardedBy: 'pin-guard',
  },
  {
    name: 'a wait for the PIN is ignored',
    file: 'src/access/pin-guard.ts',
    from: `if (waitSeconds > 0) return { outcome: 'waiting', waitSeconds };`,
    to: '',
    guardedBy: 'pin-guard',
  },
  {
    name: 'PINs are looked at side by side',
    file: 'src/access/pin-guard.ts',
    from: 'const result = this.#turn.then(work);',
    to: 'const result = work();',
    guardedBy: 'pin-guard',
  },
  {
    name: 'a session outlives its PIN',
    file: 'src/access/sessions.ts',
    from: '!stillOpens(opener) || ',
    to: '',
    guardedBy: 'sessions',
  },
  {
    name: 'an idle session stays open',
    file: 'src/access/sessions.ts',
    from: ' || monotonic() - renewedAt > IDLE_LIMIT[opener.role]',
    to: '',
    guardedBy: 'sessions',
  },
];

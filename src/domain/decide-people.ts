import type { Decision, Next } from './decision.ts';
import { wouldChange, type Person, type PersonDraft } from './person.ts';
import { Refusal } from './refusal.ts';
import type { State } from './state.ts';

/** Saves one person: new without an id, changed with one. */
export function decideOnPerson(state: State, next: Next, draft: PersonDraft): Decision {
  checkCategory(state, draft);
  const known = draft.personId === undefined ? undefined : state.people.get(draft.personId);
  if (draft.personId !== undefined && !known) throw new Refusal({ code: 'person-unknown' });
  if (draft.staffNo) {
    for (const other of state.people.values()) {
      if (other.staffNo === draft.staffNo && other.personId !== draft.personId && !other.sample) {
        throw new Refusal({ code: 'staff-number-taken', staffNo: draft.staffNo, name: other.name });
      }
    }
  }
  const person: Person = { ...known, ...draft, personId: draft.personId ?? next.id };
  return {
    event: { type: 'people-saved', data: { people: [person] } },
    answer: { personId: person.personId },
  };
}

/** Why a draft was left out of an import: nobody is merged or doubled on a guess. */
export type SkipReason = 'staff-number-twice' | 'same-name-and-team-twice' | 'several-people-match';

/** What an import did, and which drafts (by index) it left out. */
export interface ImportAnswer {
  added: number;
  updated: number;
  unchanged: number;
  skipped: { index: number; reason: SkipReason }[];
}

/**
 * Imports people: the staff number is the key, without one name and team. Who is known is updated, never
 * doubled; a field the draft leaves out stays as it was. Sample people are never matched: they will go.
 */
export function decideOnPeople(state: State, next: Next, drafts: PersonDraft[]): Decision {
  const roster = new RosterIndex([...state.people.values()].filter((person) => !person.sample));
  const taken = new Set<string>();
  const changed: Person[] = [];
  const answer: ImportAnswer = { added: 0, updated: 0, unchanged: 0, skipped: [] };
  drafts.forEach((draft, index) => {
    checkCategory(state, draft);
    const before = roster.find(draft);
    if (before === 'several') {
      answer.skipped.push({ index, reason: 'several-people-match' });
      return;
    }
    const newId = `${next.id}-${answer.added + 1}`;
    const person: Person = { ...before, ...draft, personId: before?.personId ?? newId };
    if (taken.has(person.personId)) {
      const reason =
        draft.staffNo && before?.staffNo === draft.staffNo
          ? 'staff-number-twice'
          : 'same-name-and-team-twice';
      answer.skipped.push({ index, reason });
      return;
    }
    taken.add(person.personId);
    if (before && !wouldChange(before, draft)) {
      answer.unchanged++;
      return;
    }
    if (before) answer.updated++;
    else answer.added++;
    roster.put(person, before);
    changed.push(person);
  });
  if (changed.length === 0) return { answer };
  return { event: { type: 'people-saved', data: { people: changed } }, answer };
}

/** The roster by the two keys an import knows. */
class RosterIndex {
  readonly #byStaffNo = new Map<string, Person>();
  readonly #byNameAndTeam = new Map<string, Person[]>();

  constructor(people: Iterable<Person>) {
    for (const person of people) this.put(person);
  }

  /** Who the draft is, as far as its keys tell; `several` when they fit more than one. */
  find(draft: PersonDraft): Person | 'several' | undefined {
    const named = this.#byNameAndTeam.get(nameAndTeam(draft)) ?? [];
    if (!draft.staffNo) return named.length > 1 ? 'several' : named[0];
    const numbered = this.#byStaffNo.get(draft.staffNo);
    if (numbered) return numbered;
    const waiting = named.filter((person) => !person.staffNo);
    return waiting.length > 1 ? 'several' : waiting[0];
  }

  put(person: Person, before?: Person): void {
    if (before) {
      const key = nameAndTeam(before);
      this.#byNameAndTeam.set(
        key,
        (this.#byNameAndTeam.get(key) ?? []).filter((other) => other !== before),
      );
    }
    if (person.staffNo) this.#byStaffNo.set(person.staffNo, person);
    const key = nameAndTeam(person);
    const named = this.#byNameAndTeam.get(key);
    if (named) named.push(person);
    else this.#byNameAndTeam.set(key, [person]);
  }
}

function nameAndTeam({ name, team }: Pick<Person, 'name' | 'team'>): string {
  return `${name}\n${team ?? ''}`;
}

function checkCategory(state: State, { categoryId }: PersonDraft): void {
  if (categoryId !== undefined && !state.categories.has(categoryId)) {
    throw new Refusal({ code: 'category-unknown', categoryId });
  }
}

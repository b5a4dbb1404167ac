import type { Decision, Next } from './decision.ts';
import { wouldChange, type Person, type PersonDraft } from './person.ts';
import { Refusal } from './refusal.ts';
import type { State } from './state.ts';

/** Saves one person: new without an id, changed with one. A field that is sent empty is taken away. */
export function decideOnPerson(state: State, next: Next, draft: PersonDraft): Decision {
  checkCategory(state, draft);
  const known = draft.personId === undefined ? undefined : state.people.get(draft.personId);
  if (draft.personId !== undefined && (!known || known.erased || known.guest))
    throw new Refusal({ code: 'person-unknown' });
  // Whoever comes back brings their old number along, which somebody else may have by now.
  const staffNo = draft.staffNo ?? (known?.left && known.staffNo);
  if (staffNo) {
    for (const other of state.people.values()) {
      if (other.staffNo === staffNo && other.personId !== draft.personId && !other.sample && !other.left) {
        throw new Refusal({ code: 'staff-number-taken', staffNo, name: other.name });
      }
    }
  }
  const person = withoutEmpty({ ...returning(known), ...draft, personId: draft.personId ?? next.id });
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

/** What an import would do: people as they will be, with their draft's index, `before` where they are known. */
export interface ImportPlan {
  changes: { index: number; person: Person; before?: Person }[];
  unchanged: number;
  skipped: { index: number; reason: SkipReason }[];
}

/**
 * Plans an import: the staff number is the key, without one name and team. Who is known is updated, never
 * doubled; a field the draft leaves out stays as it was. Who has left is matched where nobody on the roster is,
 * and comes back without a number that somebody else has by now. Sample people are never matched: they will go;
 * nor is who was erased.
 * New people get ids that begin with `idBase`.
 */
export function planImport(state: State, idBase: string, drafts: PersonDraft[]): ImportPlan {
  const roster = new RosterIndex(
    [...state.people.values()].filter(({ sample, erased, guest }) => !sample && !erased && !guest),
  );
  const taken = new Set<string>();
  const plan: ImportPlan = { changes: [], unchanged: 0, skipped: [] };
  let added = 0;
  drafts.forEach((draft, index) => {
    checkCategory(state, draft);
    const before = roster.find(draft);
    if (before === 'several') {
      plan.skipped.push({ index, reason: 'several-people-match' });
      return;
    }
    const personId = before?.personId ?? `${idBase}-${added + 1}`;
    if (taken.has(personId)) {
      const reason =
        draft.staffNo && before?.staffNo === draft.staffNo
          ? 'staff-number-twice'
          : 'same-name-and-team-twice';
      plan.skipped.push({ index, reason });
      return;
    }
    taken.add(personId);
    if (before && !before.left && !wouldChange(before, draft)) {
      plan.unchanged++;
      return;
    }
    if (!before) added++;
    const person: Person = { ...roster.keptOf(before), ...draft, personId };
    roster.put(person, before);
    plan.changes.push({ index, person, ...(before && { before }) });
  });
  return plan;
}

/** Imports people as `planImport` says. */
export function decideOnPeople(state: State, next: Next, drafts: PersonDraft[]): Decision {
  const { changes, unchanged, skipped } = planImport(state, next.id, drafts);
  const updated = changes.filter(({ before }) => before).length;
  const answer: ImportAnswer = { added: changes.length - updated, updated, unchanged, skipped };
  if (changes.length === 0) return { answer };
  const people = changes.map(({ person }) => person);
  return { event: { type: 'people-saved', data: { people } }, answer };
}

/** Takes people off the roster; what names them keeps them (`evolve`). */
export function removePeople(state: State, personIds: string[]): Decision {
  for (const personId of personIds) {
    const person = state.people.get(personId);
    if (!person || person.left) throw new Refusal({ code: 'person-unknown' });
  }
  const leaving = [...new Set(personIds)];
  return {
    event: { type: 'people-removed', data: { personIds: leaving } },
    answer: { removed: leaving.length },
  };
}

/** Somebody who is saved again is back on the roster. */
function returning(person: Person | undefined): Partial<Person> {
  const { left: _, ...kept } = person ?? {};
  return kept;
}

function withoutEmpty({ staffNo, team, categoryId, ...person }: Person): Person {
  return {
    ...person,
    ...(staffNo && { staffNo }),
    ...(team && { team }),
    ...(categoryId && { categoryId }),
  };
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
    const named = onRosterFirst(this.#byNameAndTeam.get(nameAndTeam(draft)) ?? []);
    if (!draft.staffNo) return named.length > 1 ? 'several' : named[0];
    const numbered = this.#byStaffNo.get(draft.staffNo);
    if (numbered) return numbered;
    const waiting = named.filter((person) => !person.staffNo);
    return waiting.length > 1 ? 'several' : waiting[0];
  }

  /** What somebody who is saved again keeps. */
  keptOf(before: Person | undefined): Partial<Person> {
    const { staffNo, ...kept } = returning(before);
    const gone = before?.left && staffNo !== undefined && this.#byStaffNo.get(staffNo) !== before;
    return { ...kept, ...(staffNo !== undefined && !gone && { staffNo }) };
  }

  put(person: Person, before?: Person): void {
    if (before) {
      const key = nameAndTeam(before);
      this.#byNameAndTeam.set(
        key,
        (this.#byNameAndTeam.get(key) ?? []).filter((other) => other !== before),
      );
    }
    if (person.staffNo && !(person.left && this.#byStaffNo.has(person.staffNo))) {
      this.#byStaffNo.set(person.staffNo, person);
    }
    const key = nameAndTeam(person);
    const named = this.#byNameAndTeam.get(key);
    if (named) named.push(person);
    else this.#byNameAndTeam.set(key, [person]);
  }
}

/** Those on the roster; who has left only where nobody is. */
function onRosterFirst(people: Person[]): Person[] {
  const here = people.filter(({ left }) => !left);
  return here.length > 0 ? here : people;
}

function nameAndTeam({ name, team }: Pick<Person, 'name' | 'team'>): string {
  return `${name}\n${team ?? ''}`;
}

function checkCategory(state: State, { categoryId }: PersonDraft): void {
  if (categoryId && !state.categories.has(categoryId)) {
    throw new Refusal({ code: 'category-unknown', categoryId });
  }
}

import { CallError } from '../../api/call-error.ts';
import {
  PREVIEW_LIMIT,
  SCREEN_FIND_LIMIT,
  type PeopleImported,
  type PeoplePreview,
  type PeopleRow,
  type PersonView,
  type RowProblem,
} from '../../api/people-api.ts';
import { rowWords } from '../../api/row-words.ts';
import type { Bilingual } from '../../domain/bilingual.ts';
import { takingPlaceAt } from '../../domain/activity.ts';
import { findCategory, isNoCategory } from '../../domain/category.ts';
import { planImport, type ImportAnswer } from '../../domain/decide-people.ts';
import type { Person, PersonDraft } from '../../domain/person.ts';
import { roleAllows, type Role } from '../../domain/role.ts';
import { openVisitOf, type State } from '../../domain/state.ts';
import { characterCount, tidyLine } from '../../domain/text.ts';
import type { LeftOutRow } from '../../roster/people-file.ts';
import type { Hit, NameFinder } from '../../roster/name-finder.ts';
import type { PeopleUpload, PeopleUploads } from '../people-uploads.ts';
import { activityById } from './activity-view.ts';
import type { HandlersOf, Parts } from './parts.ts';

/** Answers `people.*`. */
export function peopleHandlers(
  { ledger, clock, finder }: Parts,
  uploads: PeopleUploads,
): HandlersOf<'people'> {
  async function importRows(
    rows: PeopleRow[],
    input: { gestureId: string },
    role: Role,
  ): Promise<PeopleImported> {
    const { drafts, rowOf, skipped } = draftsOf(ledger.state, rows);
    const answer = await ledger.run<ImportAnswer>({ type: 'import-people', people: drafts }, input, role);
    const unclear = answer.skipped.map(({ index, reason }) => ({ row: rowOf[index]!, reason }));
    return { ...answer, skipped: [...skipped, ...unclear].sort((a, b) => a.row - b.row) };
  }

  return {
    'people.find'({ query, activityId, limit }, { role }) {
      if (limit > SCREEN_FIND_LIMIT && !roleAllows(role, 'editor')) throw tooManyAsked();
      const hits = finder().find(query).filter(meantFor(ledger.state, activityId));
      const visitOf =
        activityId === undefined ? undefined : visitFinder(ledger.state, activityId, clock.now());
      const people = hits.slice(0, limit).map((hit) => personView(ledger.state, hit, finder(), visitOf));
      return { people, total: hits.length };
    },
    'people.save'(input, { role }) {
      return ledger.run({ type: 'save-person', person: input.person }, input, role);
    },
    'people.list'({ query, team, categoryId, offset, limit }) {
      const people = finder()
        .find(query)
        .map(({ personId }) => ledger.state.people.get(personId)!)
        .filter((person) => team === undefined || person.team === team)
        .filter((person) => categoryId === undefined || person.categoryId === categoryId);
      return {
        people: people.slice(offset, offset + limit),
        total: people.length,
        teams: teamsOf(ledger.state),
      };
    },
    'people.remove'(input, { role }) {
      return ledger.run({ type: 'remove-people', personIds: input.personIds }, input, role);
    },
    'people.import': (input, { role }) => importRows(input.rows, input, role),
    'people.previewUpload': ({ uploadId }) => preview(ledger.state, uploads.get(uploadId)),
    async 'people.importUpload'(input, { role }) {
      const { rows, leftOut } = uploads.get(input.uploadId);
      const { skipped, ...imported } = await importRows(rows, input, role);
      return {
        ...imported,
        skipped: skipped.slice(0, PREVIEW_LIMIT),
        leftOutCount: leftOut.length + skipped.length,
      };
    },
  };
}

/** What importing the file would do, by the same rules. */
function preview(state: State, upload: PeopleUpload): PeoplePreview {
  const { fileName, encoding, rows, lines, leftOut, notes } = upload;
  const { drafts, rowOf, skipped } = draftsOf(state, rows);
  const plan = planImport(state, 'new', drafts);
  const unclear = plan.skipped.map(({ index, reason }) => ({ row: rowOf[index]!, reason }));
  const leftOutRows: (LeftOutRow | { line: number; row: number; reason: RowProblem })[] = [
    ...leftOut,
    ...[...skipped, ...unclear].map(({ row, reason }) => ({ line: lines[row]!, row, reason })),
  ];
  leftOutRows.sort((a, b) => a.line - b.line);
  const updated = plan.changes.filter(({ before }) => before).length;
  return {
    fileName,
    readAs: encoding ?? 'xlsx',
    added: plan.changes.length - updated,
    updated,
    unchanged: plan.unchanged,
    changes: plan.changes.slice(0, PREVIEW_LIMIT).map(({ index, person, before }) => ({
      line: lines[rowOf[index]!]!,
      person,
      ...(before && { before }),
    })),
    leftOut: leftOutRows.slice(0, PREVIEW_LIMIT).map((one) => {
      if (!('row' in one)) return one;
      const { line, row, reason } = one;
      const words = rowWords(reason, rows[row]!, state.categories.values());
      return { line, name: rows[row]!.name, reason, words };
    }),
    leftOutCount: leftOutRows.length,
    notes: [...notes, ...noCategoryNote(rows)],
  };
}

/** Nobody loses a word of their file without being told. */
function noCategoryNote(rows: readonly PeopleRow[]): Bilingual[] {
  const count = rows.filter(({ category }) => category && isNoCategory(category)).length;
  if (count === 0) return [];
  return [
    {
      en: `${count} rows say in the category column that somebody belongs to none (群众, for example): these people get no category.`,
      zh: `有 ${count} 行的类别为“群众”“无”等，这些人员将不设类别。`,
    },
  ];
}

function teamsOf(state: State): string[] {
  const teams = new Set<string>();
  for (const { team, left } of state.people.values()) if (team && !left) teams.add(team);
  return [...teams].sort((a, b) => a.localeCompare(b, 'zh-CN'));
}

/** Invented people come to the sample's activity only, unless a real one names them. */
function meantFor(state: State, activityId: string | undefined): (hit: Hit) => boolean {
  if (activityId === undefined) return () => true;
  const { sample, posts, expectedIds } = activityById(state, activityId);
  if (sample) return () => true;
  const named = new Set([...posts.map(({ leaderId }) => leaderId), ...(expectedIds ?? [])]);
  return ({ personId }) => !state.people.get(personId)?.sample || named.has(personId);
}

type VisitOf = (personId: string) => PersonView['visit'];

function personView(
  state: State,
  { personId, matched }: Hit,
  finder: NameFinder,
  visitOf: VisitOf | undefined,
): PersonView {
  const person = state.people.get(personId)!;
  const visit = visitOf?.(personId);
  return {
    personId,
    name: person.name,
    categoryId: person.categoryId ?? null,
    matched,
    ...(finder.isShared(person.name) && { distinguish: distinction(person) }),
    ...(visit && { visit }),
  };
}

/** What tells somebody from a namesake: team and the last three digits of the staff number, nothing more. */
function distinction({ team, staffNo }: Person): NonNullable<PersonView['distinguish']> {
  return { team: team ?? null, staffNoTail: staffNo?.slice(-3) ?? null };
}

function visitFinder(state: State, activityId: string, at: string): VisitOf {
  const place = { activityId, ...takingPlaceAt(activityById(state, activityId), at) };
  return (personId) => {
    const visit = openVisitOf(state, personId, place);
    return visit && { visitId: visit.visitId, postId: visit.postId, signedInAt: visit.signedInAt };
  };
}

interface Sorted {
  drafts: PersonDraft[];
  /** The row each draft came from. */
  rowOf: number[];
  skipped: { row: number; reason: RowProblem }[];
}

function draftsOf(state: State, rows: PeopleRow[]): Sorted {
  const sorted: Sorted = { drafts: [], rowOf: [], skipped: [] };
  rows.forEach((row, index) => {
    const draft = draftOf(state, row);
    if (typeof draft === 'string') {
      sorted.skipped.push({ row: index, reason: draft });
      return;
    }
    sorted.drafts.push(draft);
    sorted.rowOf.push(index);
  });
  return sorted;
}

function draftOf(state: State, row: PeopleRow): PersonDraft | RowProblem {
  const category = isNoCategory(row.category ?? '') ? '' : row.category;
  const [name, staffNo, team] = [row.name, row.staffNo ?? '', row.team ?? ''].map(tidyLine) as [
    string,
    string,
    string,
  ];
  if (!name) return 'name-missing';
  if (characterCount(name) > 64) return 'name-too-long';
  if (characterCount(team) > 64 || characterCount(staffNo) > 32) return 'field-too-long';
  const known = category ? findCategory(state.categories.values(), category) : undefined;
  if (category && !known) return 'category-unknown';
  return {
    name,
    ...(staffNo && { staffNo }),
    ...(team && { team }),
    ...(known && { categoryId: known.categoryId }),
  };
}

function tooManyAsked(): CallError {
  return new CallError('forbidden', 'limit-too-high', {
    en: `A screen may list ${SCREEN_FIND_LIMIT} people at once. Please ask for fewer, or as admin.`,
    zh: `屏幕一次最多列出 ${SCREEN_FIND_LIMIT} 人。请减少数量，或以管理员身份查询。`,
  });
}

import { CallError } from '../../api/call-error.ts';
import {
  PREVIEW_LIMIT,
  SCREEN_FIND_LIMIT,
  type PeopleImported,
  type PeoplePreview,
  type PeopleRow,
  type RowProblem,
} from '../../api/people-api.ts';
import { rowWords } from '../../api/row-words.ts';
import { takingPlaceAt, type Activity } from '../../domain/activity.ts';
import type { Bilingual } from '../../domain/bilingual.ts';
import { findCategory, isNoCategory } from '../../domain/category.ts';
import { planImport, type ImportAnswer } from '../../domain/decide-people.ts';
import type { Person, PersonDraft } from '../../domain/person.ts';
import { roleAllows, type Role } from '../../domain/role.ts';
import type { State } from '../../domain/state.ts';
import { characterCount, tidyLine } from '../../domain/text.ts';
import { takingPlaceKey } from '../../domain/visit.ts';
import { isSomethingTyped } from '../../roster/name-finder.ts';
import type { LeftOutRow } from '../../roster/people-file.ts';
import type { PeopleUpload, PeopleUploads } from '../people-uploads.ts';
import { activityById } from './activity-view.ts';
import type { HandlersOf, Parts } from './parts.ts';
import { maskedView, personView } from './person-view.ts';

/** Answers `people.*`. */
export function peopleHandlers(
  { ledger, clock, finder, offRosterFinder }: Parts,
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
    'people.find'({ query, activityId, team, categoryId, limit }, { role }) {
      if (limit > SCREEN_FIND_LIMIT && !roleAllows(role, 'editor')) throw tooManyAsked();
      const { state } = ledger;
      const activity = activityId === undefined ? undefined : activityById(state, activityId);
      const at = clock.now();
      const isScreen = !roleAllows(role, 'leader');
      const shown = isScreen && !isSomethingTyped(query) ? state.settings.names : 'full';
      const most = shown === 'none' ? 0 : limit;
      const wanted = narrowedTo({ team, categoryId });
      const names = finder();
      const { hits, total } = names.find(query, { limit: most, keep: both(meantFor(activity), wanted) });
      // Guests, and who was taken off the roster, find themselves to sign out; leaders and staff look for people of the roster.
      const offRoster =
        isScreen && activity
          ? offRosterFinder().find(query, {
              limit: most - hits.length,
              keep: both(isInside(state, activity, at), wanted),
            })
          : { hits: [], total: 0 };
      const people = [...hits, ...offRoster.hits].map(({ person, matched }) => {
        const isShared = names.isShared(person.name);
        const view = personView(state, person, { matched, isShared, ...(activity && { activity }), at });
        return maskedView(view, shown);
      });
      return { people, total: total + offRoster.total, ...(shown === 'none' && { hidden: true }) };
    },
    'people.filters'({ activityId }) {
      const { state } = ledger;
      const keep = meantFor(activityId === undefined ? undefined : activityById(state, activityId));
      const people = [...state.people.values()].filter((person) => !person.left && (!keep || keep(person)));
      const present = new Set(people.map(({ categoryId }) => categoryId));
      return {
        teams: teamsOf(people),
        categories: [...state.categories.keys()].filter((categoryId) => present.has(categoryId)),
      };
    },
    'people.save'(input, { role }) {
      return ledger.run({ type: 'save-person', person: input.person }, input, role);
    },
    'people.list'({ query, team, categoryId, offset, limit }) {
      const keep = narrowedTo({ team, categoryId });
      const { hits, total } = finder().find(query, { limit: offset + limit, keep });
      return {
        people: hits.slice(offset).map(({ person }) => person),
        total,
        teams: teamsOf(ledger.state.people.values()),
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

/** The teams of those on the roster, by pinyin. */
function teamsOf(people: Iterable<Person>): string[] {
  const teams = new Set<string>();
  for (const { team, left } of people) if (team && !left) teams.add(team);
  return [...teams].sort((a, b) => a.localeCompare(b, 'zh-CN'));
}

/** Does somebody belong to what was asked for? Undefined where everybody does. */
type Keep = ((person: Person) => boolean) | undefined;

/** Invented people come to the sample's activity only, unless a real one names them. */
function meantFor(activity: Activity | undefined): Keep {
  if (!activity || activity.sample) return undefined;
  const { posts, expectedIds } = activity;
  const named = new Set([...posts.map(({ leaderId }) => leaderId), ...(expectedIds ?? [])]);
  return ({ sample, personId }) => !sample || named.has(personId);
}

/** Is somebody there at this moment? */
function isInside(state: State, activity: Activity, at: string): (person: Person) => boolean {
  const place = { activityId: activity.activityId, ...takingPlaceAt(activity, at) };
  const inside = state.openVisits.get(takingPlaceKey(place));
  return ({ personId }) => inside?.has(personId) ?? false;
}

function narrowedTo(wanted: { team: string | undefined; categoryId: string | undefined }): Keep {
  const { team, categoryId } = wanted;
  if (team === undefined && categoryId === undefined) return undefined;
  return (person) =>
    (team === undefined || person.team === team) &&
    (categoryId === undefined || person.categoryId === categoryId);
}

function both(a: Keep, b: Keep): Keep {
  return a && b ? (person) => a(person) && b(person) : (a ?? b);
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

import { expect, test } from 'vitest';
import { attendanceSheet } from '../../../src/kiosk/handlers/attendance-sheet.ts';
import { visitViews } from '../../../src/kiosk/handlers/attendance.ts';
import { arrivalsAt } from '../../../src/kiosk/handlers/wall.ts';
import { Day } from '../domain/day.ts';

/** An evening that two came to, one of whom was erased. */
function eveningWithErased() {
  const day = new Day();
  const activity = day.addActivity();
  const personId = day.addPerson('王建国', { staffNo: '1003', team: '下料班', categoryId: 'party-member' });
  day.signIn(activity.activityId, personId);
  day.signIn(activity.activityId, day.addPerson('李明朗'));
  const sheetOf = () => attendanceSheet(day.state, activity, day.at);
  const before = sheetOf();
  day.ask({ type: 'erase-people', personIds: [personId] });
  return { day, activity, before, sheet: sheetOf() };
}

test('the sheet keeps the row and the sums of somebody who is erased, and says nothing of who it was', () => {
  const { before, sheet } = eveningWithErased();
  expect(sheet.totals).toEqual(before.totals);
  expect(sheet.rows).toMatchObject([
    { number: 1, name: '', erased: true, staffNo: '', team: '', category: { zh: '党员' } },
    { number: 2, name: '李明朗' },
  ]);
  expect(sheet.rows[1]).not.toHaveProperty('erased');
});

test('the office sees that somebody was erased, wall and board show the others', () => {
  const { day, activity } = eveningWithErased();
  expect(visitViews(day.state, activity.activityId)).toMatchObject([
    { name: '', erased: true, categoryId: 'party-member' },
    { name: '李明朗' },
  ]);
  expect(arrivalsAt(day.state, activity, day.at).map(({ name }) => name)).toEqual(['李明朗']);
});

test('what became of a time is on the sheet and in the list, the number of the undoing is not', () => {
  const { day, activity } = eveningWithErased();
  const [first, second] = [...day.state.visits.keys()];
  day.ask({ type: 'undo-sign-in', visitId: first! });
  day.ask({ type: 'correct-clock', jumpId: day.jump(-60 * 60_000), right: 'after' });
  const [undone, corrected] = visitViews(day.state, activity.activityId);
  expect(undone).not.toHaveProperty('undoneSeq');
  expect(corrected).toMatchObject({ visitId: second, timeCorrected: true });
  day.wait(24 * 3600);
  day.ask({ type: 'drop-times', before: '2026-11-23' });
  const marks = { timeCorrected: true, timeDropped: true };
  expect(attendanceSheet(day.state, activity, corrected!.signedInAt).rows).toMatchObject([marks, marks]);
});

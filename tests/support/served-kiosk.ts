import { randomUUID } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { CallInput, OperationName, Result } from '../../src/api/contract.ts';
import { openKiosk, type Kiosk } from '../../src/kiosk/open-kiosk.ts';
import { serveKiosk } from '../../src/server/serve-kiosk.ts';
import { tempFolder } from './temp-folder.ts';
import { kioskClock, type KioskClock } from './kiosk-clock.ts';

/** An open kiosk on a folder of its own, closed when the test is over. */
export interface TestKiosk {
  kiosk: Kiosk;
  dataFolder: string;
  clock: KioskClock;
  /** Calls as staff; fails the test on a "no". */
  asStaff<Name extends OperationName>(operation: Name, input: CallInput<Name>): Promise<Result<Name>>;
}

export interface ServedTestKiosk extends TestKiosk {
  address: string;
  port: number;
  rendererFolder: string;
  /** Stops serving; the kiosk stays open. */
  stopServing(): Promise<void>;
}

export async function openTestKiosk(): Promise<TestKiosk> {
  const dataFolder = join(await tempFolder(), 'data');
  const clock = kioskClock();
  const kiosk = await openKiosk(dataFolder, { clock });
  onTestFinished(() => kiosk.close());
  return {
    kiosk,
    dataFolder,
    clock,
    async asStaff(operation, input) {
      const answer = await kiosk.dispatch(operation, input, { role: 'admin' });
      if (!answer.ok) throw new Error(`${operation}: ${answer.refusal.message.en}`);
      return answer.result as Result<typeof operation>;
    },
  };
}

/** The same kiosk behind HTTP on a free port, with a tiny page to serve. */
export async function serveTestKiosk(): Promise<ServedTestKiosk> {
  const opened = await openTestKiosk();
  const rendererFolder = writeRenderer(join(await tempFolder(), 'renderer'));
  const served = await serveKiosk(opened.kiosk, 0, rendererFolder);
  let serving = true;
  const stopServing = async () => {
    if (serving) await served.close();
    serving = false;
  };
  onTestFinished(stopServing);
  const port = Number(new URL(served.address).port);
  return { ...opened, address: served.address, port, rendererFolder, stopServing };
}

/** What the build leaves behind, in small. */
export function writeRenderer(folder: string): string {
  mkdirSync(join(folder, 'assets'), { recursive: true });
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Muster</title>');
  writeFileSync(join(folder, 'assets', 'main-1a2b3c.js'), 'export {};');
  return folder;
}

/** An evening with two posts and four people, two of whom share a name. */
export interface Evening {
  activityId: string;
  welding: string;
  truss: string;
  wang: string;
  li: string;
  chenOfWelding: string;
  chenOfTruss: string;
}

export async function prepareEvening({ asStaff }: Pick<TestKiosk, 'asStaff'>): Promise<Evening> {
  const person = async (name: string, staffNo: string, team: string, categoryId: string) =>
    (
      await asStaff('people.save', {
        gestureId: randomUUID(),
        person: { name, staffNo, team, categoryId },
      })
    ).personId;
  const wang = await person('王建国', '1003', '下料班', 'party-member');
  const li = await person('李明朗', '1011', '焊接班', 'party-member');
  const chenOfWelding = await person('陈杰', '1017', '焊接班', 'party-member');
  const chenOfTruss = await person('陈杰', '2382', '桁架班', 'activist');
  const { activityId, posts } = await asStaff('activities.save', {
    gestureId: randomUUID(),
    activity: {
      title: { en: 'Volunteer evening', zh: '志愿服务之夜' },
      place: { en: 'Manufacturing centre', zh: '制造中心' },
      schedule: { kind: 'daily', start: '18:00', end: '20:00' },
      posts: [
        { name: { en: 'Welding', zh: '焊接' }, leaderId: li, wanted: 4, limit: 1 },
        { name: { en: 'Truss', zh: '桁架' }, wanted: 4 },
      ],
    },
  });
  const [welding, truss] = posts as [string, string];
  return { activityId, welding, truss, wang, li, chenOfWelding, chenOfTruss };
}

import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { UpkeepWork } from '../../../../src/api/upkeep-api.ts';
import { snapshotRecords } from '../../../../src/domain/snapshot.ts';
import type { State } from '../../../../src/domain/state.ts';
import { openKiosk, type KioskOptions } from '../../../../src/kiosk/open-kiosk.ts';
import type { Telling } from '../../../../src/kiosk/upkeep/works.ts';
import { kioskClock, type KioskClock } from '../../../support/kiosk-clock.ts';
import { plainJpeg } from '../../../support/pictures.ts';
import { prepareEvening, type Evening, type TestKiosk } from '../../../support/served-kiosk.ts';
import { tempFolder } from '../../../support/temp-folder.ts';
import { until } from '../../../support/until.ts';

/** An open kiosk with an evening, and a folder that is one of its places. */
export interface UpkeepKiosk extends TestKiosk {
  evening: Evening;
  stick: string;
  signIn(personId: string): Promise<void>;
  /** The answer to a call as staff, a "no" as its code. */
  codeOf(operation: string, input: unknown): Promise<string>;
  /** Waits until the work is over. */
  over(workId: string): Promise<UpkeepWork>;
}

/** A folder that is one of the places until the test has finished. */
export async function stickFolder(): Promise<string> {
  const stick = realpathSync(await tempFolder());
  const before = process.env.MUSTER_PLACES;
  process.env.MUSTER_PLACES = stick;
  onTestFinished(() => {
    if (before === undefined) delete process.env.MUSTER_PLACES;
    else process.env.MUSTER_PLACES = before;
  });
  return stick;
}

/** Opens a kiosk with an evening and one sign-in; with photos on request, as they take a while. */
export async function openUpkeepKiosk({
  photos = 0,
  clock = kioskClock(),
  ...options
}: Omit<KioskOptions, 'clock'> & { photos?: number; clock?: KioskClock } = {}): Promise<UpkeepKiosk> {
  const dataFolder = join(await tempFolder(), 'data');
  const stick = await stickFolder();
  const kiosk = await openKiosk(dataFolder, { clock, ...options });
  onTestFinished(() => kiosk.close());
  const asStaff: TestKiosk['asStaff'] = async (operation, input) => {
    const answer = await kiosk.dispatch(operation, input, { role: 'admin' });
    if (!answer.ok) throw new Error(`${operation}: ${answer.refusal.message.en}`);
    return answer.result as Awaited<ReturnType<TestKiosk['asStaff']>> as never;
  };
  const evening = await prepareEvening({ asStaff });
  const { activityId } = evening;
  const opened: UpkeepKiosk = {
    kiosk,
    dataFolder,
    clock,
    asStaff,
    evening,
    stick,
    async signIn(personId) {
      await asStaff('attendance.signIn', { gestureId: randomUUID(), activityId, personId });
    },
    async codeOf(operation, input) {
      const answer = await kiosk.dispatch(operation, input, { role: 'admin' });
      return answer.ok ? 'ok' : answer.refusal.code;
    },
    async over(workId) {
      let found: UpkeepWork | undefined;
      await until(async () => {
        const { ended } = await asStaff('upkeep.state', {});
        return (found = ended.find((one) => one.workId === workId)) !== undefined;
      });
      return found!;
    },
  };
  await opened.signIn(evening.wang);
  if (photos > 0) await importPhotos(opened, photos);
  return opened;
}

async function importPhotos({ kiosk }: UpkeepKiosk, count: number): Promise<void> {
  const path = join(await tempFolder(), 'photos');
  mkdirSync(path);
  for (let n = 0; n < count; n++)
    writeFileSync(join(path, `${n}.jpg`), await plainJpeg(60 + n, 40, '#a3141b'));
  await kiosk.importPhotos({ path, albumName: 'Evening' });
}

/** Backs up into the stick and resolves with the path. */
export async function backUpTo({ asStaff, over, stick }: UpkeepKiosk, photos = true, name?: string) {
  const where = name === undefined ? { folder: stick } : { path: join(stick, name) };
  const { workId } = await asStaff('upkeep.backup', { ...where, photos });
  const work = await over(workId);
  if (work.state !== 'done') throw new Error(work.words?.en);
  return work.path!;
}

/** Everything a state holds but the backups, which a kiosk notes after they are made. */
export function contentOf(state: Readonly<State>): unknown[] {
  return [...snapshotRecords(state as State)].filter(({ kind }) => kind !== 'backup');
}

/** Every file of a folder with its bytes, by its path. */
export function filesIn(folder: string): Record<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(files.sort().map((path) => [path, readFileSync(path, 'base64')]));
}

/** What a piece of work that nobody watches is told with. */
export function untold(): Telling & { problems: string[] } {
  const problems: string[] = [];
  return {
    signal: new AbortController().signal,
    progress: () => undefined,
    problem: ({ en }) => void problems.push(en),
    about: () => undefined,
    problems,
  };
}

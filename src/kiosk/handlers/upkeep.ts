import { CallError } from '../../api/call-error.ts';
import { Problem } from '../../domain/problem.ts';
import type { UpkeepParts } from '../upkeep/parts.ts';
import { targetInPlaces, type Upkeep } from '../upkeep/upkeep.ts';
import type { HandlersOf } from './parts.ts';

type Answered = Omit<HandlersOf<'upkeep'>, 'upkeep.erase' | 'upkeep.dropTimes'>;

/** Answers `upkeep.*`. */
export function upkeepHandlers(parts: UpkeepParts, upkeep: Upkeep): Answered {
  return {
    'upkeep.state': () => upkeep.state(),
    'upkeep.plan': ({ photos }) => upkeep.plan(photos),
    async 'upkeep.backup'({ photos, ...where }) {
      if ((where.folder === undefined) === (where.path === undefined)) throw oneOfTwo();
      const target = await targetInPlaces(parts, where);
      return begun(upkeep.backUp({ target, photos }));
    },
    'upkeep.backups': async ({ folder }) => ({ backups: await upkeep.backups(folder).catch(refuse) }),
    'upkeep.restore': ({ path }) => begun(upkeep.restore(path)),
    'upkeep.verify': () => begun(Promise.resolve(upkeep.verify())),
    'upkeep.cancel'({ workId }) {
      upkeep.works.cancel(workId);
      return {};
    },
  };
}

/** Work goes on after the answer; what becomes of it stands in `upkeep.state`. */
async function begun(starting: Promise<{ workId: string; result: Promise<unknown> }>) {
  const { workId, result } = await starting.catch(refuse);
  result.catch(() => undefined);
  return { workId };
}

/** What is wrong with a place or a file is a "no" to whoever chose it, no fault of the kiosk. */
function refuse(error: unknown): never {
  if (!(error instanceof Problem) || error instanceof CallError) throw error;
  throw new CallError('refused', error.code, error.words);
}

function oneOfTwo(): CallError {
  return new CallError('invalid', 'input-invalid', {
    en: 'A backup goes either into a folder or to a path: please give exactly one of the two.',
    zh: '备份要么放入文件夹，要么写到指定路径：请只给出其中一个。',
  });
}

import { z } from 'zod';
import type { Slogan } from '../domain/slogan.ts';
import { bilingual, changing, id, operation, resultOf } from './operation.ts';

const slogan = z.strictObject({ sloganId: id.exactOptional(), text: bilingual });

/** What can be asked about slogans. */
export const slogansApi = {
  'slogans.list': operation('screen', z.strictObject({}), resultOf<{ slogans: Slogan[] }>()),
  'slogans.save': operation('editor', changing({ slogan }), resultOf<{ sloganId: string }>()),
  'slogans.remove': operation('editor', changing({ sloganId: id }), resultOf<{ sloganId: string }>()),
};

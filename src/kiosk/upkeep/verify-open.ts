import { join } from 'node:path';
import type { Bilingual } from '../../domain/bilingual.ts';
import { verifyStore, type StoreCheck } from '../../store/verify-store.ts';
import { wordsOfCheck, type Verification } from '../verify-kiosk.ts';
import type { UpkeepParts } from './parts.ts';
import { verifyPhotosOf } from './verify-photos-of.ts';
import type { Ended, Telling } from './works.ts';

/**
 * Checks a kiosk that is open, while sign-ins go on: what its disk has confirmed, and every photo. Nothing is changed.
 * @throws the signal's reason.
 */
export async function verifyOpenKiosk(
  parts: UpkeepParts,
  telling: Telling,
): Promise<Ended & { verification: Verification }> {
  const { ledger, files } = parts;
  const store = await verifyOpenStore(parts);
  tellAll(store.problems, telling);
  const problems = await verifyPhotosOf(ledger.state, files, telling);
  tellAll(problems, telling);
  const all = [...store.problems, ...problems];
  const { people, visits, photos } = ledger.state;
  const verification: Verification = {
    ...store,
    ok: all.length === 0,
    problems: all,
    people: people.size,
    visits: visits.size,
    photos: photos.size,
  };
  return { words: wordsOfCheck(verification), verification };
}

/** While files are looked at, no snapshot may drop them. A store that takes nothing makes none. */
function verifyOpenStore({ fs, ledger, dataFolder }: UpkeepParts): Promise<StoreCheck> {
  const verify = () => verifyStore(fs, join(dataFolder, 'store'), ledger.openSegment);
  return ledger.trouble ? verify() : ledger.withClosedFiles(verify);
}

function tellAll(problems: readonly Bilingual[], { problem }: Telling): void {
  for (const words of problems) problem(words);
}

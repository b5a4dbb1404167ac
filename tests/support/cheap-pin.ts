import { randomBytes, scryptSync } from 'node:crypto';
import { NO_TRIES, writePin, writeTries, type Tries } from '../../src/access/pin-file.ts';

/** Sets a PIN whose hash costs next to nothing, so that a test can try many. Returns its version. */
export async function setCheapPin(
  dataFolder: string,
  pin: string,
  tries: Partial<Tries> = {},
): Promise<string> {
  const cost = { n: 1024, r: 8, p: 1 };
  const salt = randomBytes(16);
  const hash = scryptSync(pin, salt, 32, { N: cost.n, r: cost.r, p: cost.p }).toString('base64');
  const kept = { salt: salt.toString('base64'), hash, ...cost };
  await writePin(dataFolder, kept);
  await writeTries(dataFolder, { ...NO_TRIES, ...tries });
  return kept.salt;
}

/*
 * The proof of the photo import: bombs, oddities and photos cut short, each with a good photo behind it. Prints what each
 * took; exit code 1 when one broke something, took over its limits or kept the next photo out.
 *
 *   npm run check:photos
 */
import { badFiles } from './bad-files.ts';
import { tryFiles, tryOddPlaces } from './try-files.ts';

let [good, bad] = [0, 0];
console.log('file'.padEnd(56), 'said'.padEnd(14), '    s', ' work s', '   MB');
for await (const { name, said, taken, wrong } of tryFiles(badFiles(true))) {
  const numbers = [taken.seconds.toFixed(1), taken.work.toFixed(1), taken.megabytes.toFixed(0)];
  console.log(
    name.padEnd(56),
    said.padEnd(14),
    ...numbers.map((number) => number.padStart(5)),
    wrong.join(', '),
  );
  if (wrong.length === 0) good++;
  else bad++;
}
for (const [name, said] of Object.entries(await tryOddPlaces()))
  console.log(JSON.stringify(name).slice(0, 55).padEnd(56), said);
if (process.getuid?.() === 0) console.log('skipped: a photo without permission, as root may read all');
console.log(`${good} passed, ${bad} failed`);
process.exitCode = bad === 0 ? 0 : 1;

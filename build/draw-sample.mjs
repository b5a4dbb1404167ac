/** Renders every SVG in build/sample/ to a JPEG of the same name in src/sample/album/. */
import { mkdir, readdir } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';

const sourceDir = fileURLToPath(new URL('./sample/', import.meta.url));
const albumDir = fileURLToPath(new URL('../src/sample/album/', import.meta.url));

await mkdir(albumDir, { recursive: true });

const names = (await readdir(sourceDir)).filter((name) => extname(name) === '.svg').sort();

for (const name of names) {
  const target = join(albumDir, `${basename(name, '.svg')}.jpg`);
  const { width, height, size } = await sharp(join(sourceDir, name))
    .flatten({ background: '#231815' })
    .jpeg({ quality: 84, mozjpeg: true })
    .toFile(target);
  console.log(`${basename(target)} ${width}x${height} ${size} bytes`);
}

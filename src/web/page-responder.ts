import { lstat, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { SAFE_HEADERS } from './content-policy.ts';

/** Addresses that are screens; all of them are the same page. */
const SCREEN = /^\/(?:(?:gate|wall|board)?|show(?:\/[A-Za-z0-9._-]{1,80})?|office(?:\/[a-z]{1,40})?)$/;

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
};

/** A file name without folders, as the build writes them: no dot can lead anywhere else. */
const ASSET = /^\/assets\/([A-Za-z0-9_-][A-Za-z0-9._-]{0,199})$/;

/** Answers pages and what they are made of, from the folder of the built renderer. */
export async function respondWithPage(path: string, rendererFolder: string): Promise<Response> {
  if (SCREEN.test(path)) {
    const page = await fileResponse(join(rendererFolder, 'index.html'), 'no-cache');
    return (
      page ?? plain('界面尚未构建，请运行 npm run build。 The screens are not built yet: npm run build', 503)
    );
  }
  const asset = ASSET.exec(path)?.[1];
  const file = asset === undefined ? undefined : join(rendererFolder, 'assets', asset);
  const found = file && (await fileResponse(file, 'public, max-age=31536000, immutable'));
  return found || plain('没有这个页面。 Not found.', 404);
}

function plain(text: string, status: number): Response {
  const headers = { ...SAFE_HEADERS, 'content-type': 'text/plain; charset=utf-8' };
  return new Response(`${text}\n`, { status, headers });
}

/** The file as a response; undefined when there is none, none of a type we serve, or a link or folder. */
async function fileResponse(file: string, cacheControl: string): Promise<Response | undefined> {
  const type = TYPES[extname(file)];
  if (type === undefined) return undefined;
  try {
    if (!(await lstat(file)).isFile()) return undefined;
    const headers = { ...SAFE_HEADERS, 'content-type': type, 'cache-control': cacheControl };
    return new Response(await readFile(file), { headers });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return undefined;
  }
}

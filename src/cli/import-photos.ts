import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as later } from 'node:timers/promises';
import { CallRefused, createClient, type Client } from '../api/client.ts';
import type { PhotoImportView } from '../api/photos-api.ts';
import type { Bilingual } from '../domain/bilingual.ts';
import { Problem } from '../domain/problem.ts';
import { findDataFolder } from '../kiosk/data-folder.ts';
import { openKiosk } from '../kiosk/open-kiosk.ts';
import { findFiles, isZip, type FoundFile } from '../photos/find-files.ts';
import { MAX_BYTES, SKIP_WORDS, type SkipReason } from '../photos/skip-reasons.ts';
import { host } from './host.ts';
import { openRemote, type FileBody } from './kiosk-access.ts';
import { allowOnly, allowWords, ANYWHERE, required, type Options } from './options.ts';
import { oneLine, say, type Outcome } from './output.ts';
import { stayer } from './stayer.ts';

/** What became of an import, wherever it ran. */
interface Imported {
  albumId?: string;
  added: number;
  doubles: number;
  /** Those that are known by name; `leftOut` counts all. */
  skipped: { file: string; reason: string; message: Bilingual }[];
  leftOut: number;
}

/** Told how many files are done. */
type OnFile = (done: number) => void;

/** How often a kiosk at an address is asked how far it is, in milliseconds. */
const ASK_EVERY = 500;

/** `muster import photos PATH --album NAME`. Files that cannot be taken are listed; the others are in. */
export async function importPhotos(words: string[], options: Options): Promise<Outcome> {
  allowOnly(options, [...ANYWHERE, 'album']);
  allowWords(words, 1);
  const path = required(words[0], 'PATH');
  const albumName = required(options.album, '--album');
  const onFile: OnFile = (done) => {
    if (!options.json && process.stderr.isTTY) process.stderr.write(`\r${done} …`);
  };
  const imported =
    options.url === undefined
      ? await importHere(path, albumName, onFile, options)
      : await importThere(path, albumName, onFile, options.url, options);
  if (!options.json && process.stderr.isTTY) process.stderr.write('\r');
  const { added, doubles, skipped, leftOut } = imported;
  const counted = say({
    en: `Photos: ${added} added to "${albumName}", ${doubles} already here, ${leftOut} left out.`,
    zh: `照片：新增 ${added} 张到“${albumName}”，已有 ${doubles} 张，略过 ${leftOut} 个文件。`,
  });
  const listed = skipped.map(({ file, message }) => `  ${oneLine(file)}: ${say(message)}`);
  const more = leftOut - skipped.length;
  if (more > 0) listed.push(say({ en: `  and ${more} more`, zh: `  以及其他 ${more} 个文件` }));
  return { exitCode: 0, text: [counted, ...listed].join('\n'), json: imported };
}

async function importHere(
  path: string,
  albumName: string,
  onFile: OnFile,
  options: Options,
): Promise<Imported> {
  const kiosk = await openKiosk(findDataFolder(options.data), host);
  try {
    const { albumId, added, doubles, skipped } = await kiosk.importPhotos({ path, albumName, onFile });
    return {
      ...(albumId !== undefined && { albumId }),
      added,
      doubles,
      skipped: skipped.map((one) => ({ ...one, message: SKIP_WORDS[one.reason] })),
      leftOut: skipped.length,
    };
  } finally {
    await kiosk.close();
  }
}

/** Sends each ordinary file to the kiosk and waits for its import; what stops the sending does not stop that. */
async function importThere(
  path: string,
  albumName: string,
  onFile: OnFile,
  url: string,
  options: Options,
): Promise<Imported> {
  const { transport, upload } = await openRemote(url, options);
  const client = createClient(transport);
  const found = await findFiles(path);
  const files = found.length > 0 ? { files: found.length } : {};
  const { importId, uploadUrl } = await client.call('photos.beginUpload', { albumName, ...files });
  const skipped: Imported['skipped'] = [];
  let stopped: { by: unknown } | undefined;
  // Files go by a ticket.
  const stay = stayer(client);
  try {
    for (const [index, file] of found.entries()) {
      const left = await sendPhoto(file, (body) => upload(uploadUrl, body, basename(file.path)));
      if (left) skipped.push({ file: file.path, ...left });
      onFile(index + 1);
      await stay();
    }
  } catch (by) {
    stopped = { by };
  }
  try {
    await upload(`${uploadUrl}/end`, new Uint8Array(), '');
  } catch (error) {
    // Stopped in the office, say: then it is imported already.
    if (!(error instanceof CallRefused) || error.refusal.code !== 'import-unknown')
      throw stopped?.by ?? error;
  }
  const view = await importOver(client, importId);
  if (stopped) throw sendingStopped(stopped.by, view, found.length);
  return {
    added: view.added,
    doubles: view.doubles,
    skipped: [
      ...skipped,
      ...view.skipped.map(({ file, reason, words }) => ({ file, reason, message: words })),
    ],
    leftOut: skipped.length + view.leftOut,
  };
}

/** Asks until the import is done. @throws Problem `import-broken-off`. */
async function importOver(client: Client, importId: string): Promise<PhotoImportView> {
  const stay = stayer(client);
  for (;;) {
    await stay();
    const { imports } = await client.call('photos.imports', {});
    const view = imports.find((one) => one.importId === importId);
    if (!view || view.state === 'failed' || view.state === 'cancelled') throw brokenOff(view);
    if (view.state === 'done') return view;
    await later(ASK_EVERY);
  }
}

/** Why a file was left out. */
type Left = Pick<Imported['skipped'][number], 'reason' | 'message'>;

/** Sends one file; resolves with why it was left out, if it was. */
async function sendPhoto(
  { path, leftOut }: FoundFile,
  send: (body: FileBody) => Promise<unknown>,
): Promise<Left | undefined> {
  if (leftOut) return left(leftOut);
  let body: FileBody;
  try {
    // A film on the stick is not read only to be told that it is too large; zip files may be.
    if ((await stat(path)).size <= MAX_BYTES) body = new Uint8Array(await readFile(path));
    else if (await isZip(path)) body = Readable.toWeb(createReadStream(path));
    else return left('too-large');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    return left('unreadable');
  }
  try {
    await send(body);
  } catch (error) {
    if (error instanceof CallRefused && error.refusal.code === 'file-too-large')
      return { reason: error.refusal.code, message: error.refusal.message };
    throw error;
  }
  return undefined;
}

function left(reason: SkipReason): Left {
  return { reason, message: SKIP_WORDS[reason] };
}

/** What stopped the sending, and what came in all the same; an error without words for a person stays as it is. */
function sendingStopped(by: unknown, { sent, added }: PhotoImportView, files: number): unknown {
  const words = by instanceof CallRefused ? by.refusal.message : by instanceof Problem ? by.words : undefined;
  if (!words) return by;
  const arrived = sent?.arrived ?? 0;
  return new Problem(
    'sending-stopped',
    {
      en: `${words.en} The sending stopped: ${arrived} of ${files} files arrived, ${added} photos were added. Import again for the rest; nothing comes in twice.`,
      zh: `${words.zh}上传已停止：${files} 个文件中收到 ${arrived} 个，新增照片 ${added} 张。其余文件请再次导入，不会重复。`,
    },
    { cause: by },
  );
}

function brokenOff(view: PhotoImportView | undefined): Problem {
  const words = view?.trouble ?? {
    en: 'The kiosk does not know this import any more: it was cancelled, or the kiosk was restarted. What was imported by then is kept; please start it again.',
    zh: '主机已没有这次导入的记录：导入被取消，或主机已重启。此前导入的照片已保存，请重新导入。',
  };
  return new Problem('import-broken-off', words);
}

import type { Bilingual } from '../../src/domain/bilingual.ts';
import { SAFE_HEADERS } from '../../src/web/content-policy.ts';

/** What the organiser can do, by the problem's code; its own words name folders, which are for stderr. */
const WORDS: Record<string, Bilingual> = {
  'store-in-use': {
    en: 'The data is in use by another Muster. Please close that one.',
    zh: '数据正被另一个集结程序使用。请关闭那个程序。',
  },
  'data-folder-unreadable': {
    en: 'The data folder cannot be used. Please check that its disk is connected and that this user may write to it.',
    zh: '无法使用数据文件夹。请检查所在磁盘是否已连接，以及当前用户是否有写入权限。',
  },
  'photos-without-store': {
    en: 'The data folder holds photos but no store that knows them, and was left alone. Please restore its store from a backup.',
    zh: '数据文件夹中有照片但没有相应的数据存储，未做任何改动。请从备份恢复数据存储。',
  },
  'store-damaged': {
    en: 'The store is damaged. Nothing was changed. Please keep a copy of the data folder and restore a backup.',
    zh: '数据存储已损坏，未做任何改动。请先保留数据文件夹的副本，再恢复备份。',
  },
  'store-newer': {
    en: 'The data was written by a newer version of Muster. Please start that version; nothing was changed.',
    zh: '数据由更新版本的集结写入。请使用该版本启动；未做任何改动。',
  },
};

const ANY_OTHER: Bilingual = {
  en: 'The data cannot be opened. What the program printed at its start says why.',
  zh: '无法打开数据。原因见程序启动时的输出。',
};

const STYLE = `
body { margin: 0; min-height: 100vh; display: grid; place-content: center; background: #170906; color: #fff3e0;
  font-family: 'Noto Sans SC', 'Microsoft YaHei', 'PingFang SC', system-ui, sans-serif; }
main { max-width: 80vw; }
h1 { font-size: 5vmin; font-weight: 600; margin: 0 0 1em; }
p { font-size: 3.2vmin; line-height: 1.5; margin: 0 0 1em; overflow-wrap: anywhere; }
.again { color: #ffd79a; }
`;

/**
 * A page that says why there is no kiosk, in both languages. Anybody at the gate reads it, so it names no folder.
 * @param code of the Problem
 */
export function respondWithTrouble({ url }: Request, code: string): Response {
  const words = WORDS[code] ?? ANY_OTHER;
  if (new URL(url).pathname === '/trouble.css') return answer(STYLE, 'text/css');
  return answer(
    `<!doctype html>
<html lang="zh-CN">
<meta charset="utf-8">
<title>Muster 集结</title>
<link rel="stylesheet" href="/trouble.css">
<main>
<h1>暂时无法签到，请告知活动组织者。<br><span lang="en">Sign-in is not possible now. Please tell the organiser.</span></h1>
<p>${words.zh}</p>
<p lang="en">${words.en}</p>
<p class="again">每隔几秒自动重试。 <span lang="en">Muster tries again every few seconds.</span> (${code})</p>
</main>
</html>
`,
    'text/html',
  );
}

function answer(text: string, type: string): Response {
  return new Response(text, {
    headers: { ...SAFE_HEADERS, 'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-store' },
  });
}

import type { Bilingual } from '../../src/domain/bilingual.ts';
import { SAFE_HEADERS } from '../../src/web/content-policy.ts';

const STYLE = `
body { margin: 0; min-height: 100vh; display: grid; place-content: center; background: #170906; color: #fff3e0;
  font-family: 'Noto Sans SC', 'Microsoft YaHei', 'PingFang SC', system-ui, sans-serif; }
main { max-width: 80vw; }
h1 { font-size: 5vmin; font-weight: 600; margin: 0 0 1em; }
p { font-size: 3.2vmin; line-height: 1.5; margin: 0 0 1em; overflow-wrap: anywhere; }
.again { color: #ffd79a; }
`;

/** A page that says why there is no kiosk, in both languages; it needs nothing but these words. */
export function respondWithTrouble({ url }: Request, words: Bilingual): Response {
  if (new URL(url).pathname === '/trouble.css') return answer(STYLE, 'text/css');
  return answer(
    `<!doctype html>
<html lang="zh-CN">
<meta charset="utf-8">
<title>Muster 集结</title>
<link rel="stylesheet" href="/trouble.css">
<main>
<h1>暂时无法签到，请告知活动组织者。<br><span lang="en">Sign-in is not possible now. Please tell the organiser.</span></h1>
<p>${escape(words.zh)}</p>
<p lang="en">${escape(words.en)}</p>
<p class="again">每隔几秒自动重试。 <span lang="en">Muster tries again every few seconds.</span></p>
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

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

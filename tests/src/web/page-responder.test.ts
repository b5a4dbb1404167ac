import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { CONTENT_SECURITY_POLICY } from '../../../src/web/content-policy.ts';
import { createWebHandler, type WebSources } from '../../../src/web/web-handler.ts';
import { request, sendRaw } from '../../support/raw-http.ts';
import { serveTestKiosk, writeRenderer } from '../../support/served-kiosk.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const SECRET = 'nothing a browser may read';

describe('pages', () => {
  test.each(['/', '/gate', '/wall', '/board', '/show', '/show/gate-12', '/office', '/office/people'])(
    '%s is the page',
    async (path) => {
      const { address } = await serveTestKiosk();
      const response = await fetch(address + path);
      expect(response.status).toBe(200);
      expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
      expect(response.headers.get('cache-control')).toBe('no-cache');
      expect(await response.text()).toContain('<title>Muster</title>');
    },
  );

  test('what a page is made of is kept by the browser, as its name changes with it', async () => {
    const { address } = await serveTestKiosk();
    const response = await fetch(`${address}/assets/main-1a2b3c.js`);
    expect([response.status, response.headers.get('content-type')]).toEqual([
      200,
      'text/javascript; charset=utf-8',
    ]);
    expect(response.headers.get('cache-control')).toContain('immutable');
  });

  test('a checkout that was never built says what to do', async () => {
    const respond = createWebHandler(sources(join(await tempFolder(), 'none')));
    const response = await respond(new Request('http://127.0.0.1/gate'));
    expect([response.status, await response.text()]).toEqual([503, expect.stringContaining('npm run build')]);
  });

  test.each([
    'index.html',
    'assets',
    'assets/',
    'assets/none.js',
    'assets/folder.js',
    'assets/notes.txt',
    'assets/.hidden.js',
    `assets/${'a'.repeat(300)}.js`,
    'gate/',
    'office/',
    'office/people/1',
    'office/People',
    'show/',
    'show/a/b',
    'show/%2e%2e%2fsecret',
    'board/1',
    'favicon.ico',
  ])('/%s is not there, and no fault', async (path) => {
    const rendererFolder = writeRenderer(await tempFolder());
    mkdirSync(join(rendererFolder, 'assets', 'folder.js'));
    writeFileSync(join(rendererFolder, 'assets', 'notes.txt'), SECRET);
    writeFileSync(join(rendererFolder, 'assets', '.hidden.js'), SECRET);
    const faults: unknown[] = [];
    const respond = createWebHandler(sources(rendererFolder), (error) => faults.push(error));
    const response = await respond(new Request(`http://127.0.0.1/${path}`));
    expect([response.status, faults]).toEqual([404, []]);
  });
});

describe('nothing outside the built renderer is ever served', () => {
  const WAYS = [
    '/assets/../secret.js',
    '/assets/%2e%2e/secret.js',
    '/assets/%2E%2E%2Fsecret.js',
    '/assets/..%2fsecret.js',
    '/assets/..%5csecret.js',
    '/assets/..\\secret.js',
    '/assets/%252e%252e%252fsecret.js',
    '/assets/....//secret.js',
    '/assets/..;/secret.js',
    '/assets/.%00./secret.js',
    '/assets/secret.js%00.js',
    '/assets/%00/secret.js',
    '/assets//secret.js',
    '//secret.js',
    '/../secret.js',
    '/..%2f..%2fsecret.js',
    '/secret.js',
    '/gate/../secret.js',
    '/wall/..%2fsecret.js',
    '/assets/C:/secret.js',
    '/assets/C:%5csecret.js',
    '/assets/file:///secret.js',
    '/assets/%c0%ae%c0%ae/secret.js',
    '/assets/％2e％2e/secret.js',
    '/assets/ABSOLUTE',
    '/ABSOLUTE',
    'ABSOLUTE',
  ];

  test.each(WAYS)('%s', async (pattern) => {
    const { port, rendererFolder } = await serveTestKiosk();
    const secret = join(rendererFolder, 'secret.js');
    for (const file of [secret, join(dirname(rendererFolder), 'secret.js')]) writeFileSync(file, SECRET);
    const path = pattern.replace('ABSOLUTE', secret);
    const { status, text } = await sendRaw(port, request(`GET ${path}`, { host: `127.0.0.1:${port}` }));
    expect([400, 404, 421], text).toContain(status);
    expect(text).not.toContain(SECRET);
  });

  test.each(['linked.js', 'linked-page.html'])('a link %s that leads out of the folder', async (name) => {
    const { port, rendererFolder } = await serveTestKiosk();
    const secret = join(dirname(rendererFolder), 'secret.js');
    writeFileSync(secret, SECRET);
    symlinkSync(secret, join(rendererFolder, 'assets', name));
    const line = `GET /assets/${name}`;
    const { status, text } = await sendRaw(port, request(line, { host: `127.0.0.1:${port}` }));
    expect([status, text]).toEqual([404, expect.not.stringContaining(SECRET)]);
  });
});

describe('every answer', () => {
  const PATHS = ['/', '/gate', '/assets/main-1a2b3c.js', '/none', '/photos/none/480.jpg', '/photos/'];

  test('forbids what is not ours: same policy on pages, pictures and errors', async () => {
    const { address } = await serveTestKiosk();
    for (const path of PATHS) {
      for (const method of ['GET', 'HEAD', 'POST']) {
        const { headers } = await fetch(address + path, { method });
        expect([path, method, headers.get('content-security-policy')]).toEqual([
          path,
          method,
          CONTENT_SECURITY_POLICY,
        ]);
        expect(headers.get('x-content-type-options')).toBe('nosniff');
        expect(headers.get('permissions-policy')).toMatch(/^camera=\(self\), .*microphone=\(\)/);
      }
    }
  });

  test('the policy allows nothing inline and nobody to frame us', () => {
    expect(CONTENT_SECURITY_POLICY).toContain("default-src 'none'");
    expect(CONTENT_SECURITY_POLICY).toContain("frame-ancestors 'none'");
    expect(CONTENT_SECURITY_POLICY).not.toMatch(/unsafe|\*|data:|http/);
  });

  test.each(['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'])('%s is 405', async (method) => {
    const { address } = await serveTestKiosk();
    for (const path of PATHS) {
      const response = await fetch(address + path, { method });
      expect([path, response.status, response.headers.get('allow')]).toEqual([path, 405, 'GET, HEAD']);
    }
  });

  test('HEAD has the headers and no body', async () => {
    const { address } = await serveTestKiosk();
    const response = await fetch(`${address}/gate`, { method: 'HEAD' });
    expect([response.status, await response.text()]).toEqual([200, '']);
  });

  test('a disk error is reported and answered, never thrown', async () => {
    const faults: unknown[] = [];
    const rendererFolder = writeRenderer(await tempFolder());
    const lost = async () => join(rendererFolder, 'assets');
    const respond = createWebHandler({ ...sources(rendererFolder), findRendition: lost }, (error) =>
      faults.push(error),
    );
    const response = await respond(new Request(`http://127.0.0.1/photos/${'0'.repeat(64)}/480.jpg`));
    expect([response.status, response.headers.get('content-security-policy')]).toEqual([
      500,
      CONTENT_SECURITY_POLICY,
    ]);
    expect(faults).toHaveLength(1);
  });
});

/** A kiosk with nothing but pages. */
function sources(rendererFolder: string): WebSources {
  const never = () => Promise.reject(new Error('nothing is uploaded here'));
  return {
    rendererFolder,
    findRendition: async () => undefined,
    findDownload: () => undefined,
    uploads: { takePeopleFile: never, takePhoto: never, endPhotos: never },
  };
}

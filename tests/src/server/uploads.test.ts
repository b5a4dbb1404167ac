import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { connect } from 'node:net';
import { describe, expect, test } from 'vitest';
import { MAX_BYTES as MAX_PEOPLE_BYTES } from '../../../src/roster/people-file-rows.ts';
import { callOver, openOffice, resultIn, sendTo } from '../../support/office.ts';
import { plainJpeg } from '../../support/pictures.ts';
import { prepareEvening, serveTestKiosk } from '../../support/served-kiosk.ts';
import { mountSmallDisk } from '../../support/small-disk.ts';
import { until } from '../../support/until.ts';

/** A served kiosk with an open office. */
async function withOffice() {
  const served = await serveTestKiosk();
  const office = await openOffice(served);
  const uploads = join(served.dataFolder, 'photos', 'uploads');
  const filesOf = (importId: string) =>
    readdirSync(join(uploads, importId), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
  const importOf = async (importId: string) => {
    const { imports } = await office.call('photos.imports', {});
    return imports.find((view) => view.importId === importId)!;
  };
  const begin = (files?: number) =>
    office.call('photos.beginUpload', { albumName: '2026', ...(files !== undefined && { files }) });
  /** Ends the upload, as who has its address, and waits for the import. */
  const finish = async ({ importId, uploadUrl }: { importId: string; uploadUrl: string }) => {
    resultIn(await sendTo(served.address, `${uploadUrl}/end`, ''));
    await until(async () => (await importOf(importId)).state === 'done');
    return importOf(importId);
  };
  return { ...served, office, uploads, filesOf, importOf, begin, finish };
}

const named = (url: string, name: string) => `${url}?name=${encodeURIComponent(name)}`;

describe('a sheet of people', () => {
  test('is previewed and then imported as previewed', async () => {
    const { office, kiosk } = await withOffice();
    const sent = await office.send(named('/uploads/people', '名单.csv'), '姓名,工号\n陈杰,1017\n,1018\n');
    const { uploadId } = resultIn(sent) as { uploadId: string };
    const preview = await office.call('people.previewUpload', { uploadId });
    expect(preview).toMatchObject({ fileName: '名单.csv', added: 1, updated: 0 });
    expect(preview.leftOut).toMatchObject([{ line: 3, reason: 'name-missing' }]);
    expect(kiosk.state.people.size).toBe(0);
    const imported = await office.call('people.importUpload', { gestureId: randomUUID(), uploadId });
    expect(imported).toMatchObject({ added: 1, skipped: [{ row: 1, reason: 'name-missing' }] });
  });

  test('that is text by the name of a workbook is read as what it is; what is neither is refused in words', async () => {
    const { office } = await withOffice();
    resultIn(await office.send(named('/uploads/people', 'list.xlsx'), '姓名\n陈杰\n'));
    const { status, refusal } = await office.send(named('/uploads/people', 'list.xlsx'), 'PK\u0003\u0004 no');
    expect([status, refusal]).toMatchObject([
      400,
      { message: { zh: expect.stringMatching(/未导入任何内容。$/) } },
    ]);
    const empty = await office.send(named('/uploads/people', 'list.csv'), '');
    expect(empty.refusal?.message.en).toMatch(/Nothing was imported\.$/);
  });

  test('that is too large is refused in words', async () => {
    const { office } = await withOffice();
    const large = Buffer.alloc(MAX_PEOPLE_BYTES + 1, 'x');
    const { status, refusal } = await office.send(named('/uploads/people', 'list.csv'), large);
    expect(status).toBe(413);
    expect(refusal).toMatchObject({
      code: 'file-too-large',
      message: { en: expect.stringContaining('5 MB') },
    });
  });

  test('that was sent long ago, or never, is asked for again', async () => {
    const { office } = await withOffice();
    const ids: string[] = [];
    for (let n = 0; n < 6; n++) {
      const sent = await office.send(named('/uploads/people', `${n}.csv`), '姓名\n陈杰\n');
      ids.push((resultIn(sent) as { uploadId: string }).uploadId);
    }
    const [oldest, second] = ids as [string, string];
    await office.call('people.previewUpload', { uploadId: second });
    for (const uploadId of [oldest, 'never']) {
      await expect(office.call('people.previewUpload', { uploadId })).rejects.toThrow('upload-unknown');
    }
  });
});

describe('without the PIN', () => {
  test('nothing is taken, and nothing kept', async () => {
    const { address, office, begin, filesOf, kiosk } = await withOffice();
    const { importId, uploadUrl } = await begin();
    const large = Buffer.alloc(4 * 1024 * 1024);
    for (const token of [undefined, 'guessed', 'A'.repeat(43), uploadUrl.split('/').at(-1)]) {
      for (const body of ['x', large]) {
        const { status, refusal } = await sendTo(address, '/uploads/people', body, token);
        expect([status, refusal?.code]).toEqual([401, 'role-missing']);
      }
    }
    // The number of an import is no secret and opens nothing, nor does the token.
    for (const guess of [importId, office.token, uploadUrl.split('/').at(-1)!.slice(1), 'A'.repeat(32)]) {
      for (const path of [`/uploads/photos/${guess}`, `/uploads/photos/${guess}/end`]) {
        const { status, refusal } = await office.send(path, large);
        expect([status, refusal?.code]).toEqual([409, 'import-unknown']);
      }
    }
    expect(filesOf(importId)).toEqual([]);
    expect((await office.call('photos.imports', {})).imports).toHaveLength(1);
    expect(kiosk.state.lastSeq).toBe(0);
  });

  test.each(['GET', 'HEAD', 'PUT', 'DELETE', 'OPTIONS'])('%s on uploads is 405', async (method) => {
    const { address, token } = await withOffice().then(({ address, office }) => ({ address, ...office }));
    for (const path of ['/uploads/people', '/uploads/photos/x']) {
      const headers = { authorization: `Bearer ${token}` };
      const response = await fetch(address + path, { method, headers });
      expect([path, response.status, response.headers.get('allow')]).toEqual([path, 405, 'POST']);
    }
  });
});

describe('photos from a browser', () => {
  test('are sent on after the office was locked, by who has the address, and come in', async () => {
    const { address, office, asStaff, begin, filesOf } = await withOffice();
    const { importId, uploadUrl } = await begin(3);
    const send = async (colour: string) =>
      resultIn(await sendTo(address, named(uploadUrl, 'a.jpg'), await plainJpeg(60, 40, colour)));
    await send('#ff0000');
    await office.call('access.lock', {});
    await send('#00ff00');
    expect((await callOver(address, 'photos.imports', {}, office.token)).refusal?.code).toBe('role-missing');
    expect(filesOf(importId)).toHaveLength(2);
    const view = async () => (await asStaff('photos.imports', {})).imports[0]!;
    expect(await view()).toMatchObject({ state: 'waiting', sent: { arrived: 2, files: 3, over: false } });
    resultIn(await sendTo(address, `${uploadUrl}/end`, ''));
    await until(async () => (await view()).state === 'done');
    expect(await view()).toMatchObject({ added: 2, sent: { arrived: 2, files: 3, over: true } });
    expect((await sendTo(address, uploadUrl, 'x')).refusal?.code).toBe('import-unknown');
  });

  test('that the disk has no place for are refused in words, and no import is left waiting', async () => {
    const { address, office, uploads } = await withOffice();
    writeFileSync(dirname(uploads), 'no folder');
    const begun = await callOver(address, 'photos.beginUpload', { albumName: '2026' }, office.token);
    expect([begun.status, begun.refusal]).toMatchObject([409, { code: 'target-unwritable' }]);
    expect((await office.call('photos.imports', {})).imports).toEqual([]);
  });

  test('whose folder is gone are refused in words, and the import does not speak of sticks', async () => {
    const { address, office, begin, uploads, importOf } = await withOffice();
    const { importId, uploadUrl } = await begin();
    rmSync(join(uploads, importId), { recursive: true });
    const { status, refusal } = await office.send(uploadUrl, 'x');
    expect([status, refusal?.code]).toEqual([409, 'target-unwritable']);
    resultIn(await sendTo(address, `${uploadUrl}/end`, ''));
    await until(async () => (await importOf(importId)).state === 'failed');
    const { trouble } = await importOf(importId);
    expect(trouble?.en).toMatch(/files that were sent can no longer be read/);
    expect(JSON.stringify(trouble)).not.toContain(uploads);
  });

  test('two files of one name are two files, and both come in', async () => {
    const { office, begin, finish, filesOf, uploads } = await withOffice();
    const { importId, uploadUrl } = await begin();
    for (const colour of ['#ff0000', '#00ff00']) {
      resultIn(await office.send(named(uploadUrl, 'IMG_1.jpg'), await plainJpeg(60, 40, colour)));
    }
    expect(filesOf(importId)).toHaveLength(2);
    expect(await finish({ importId, uploadUrl })).toMatchObject({
      state: 'done',
      total: 2,
      added: 2,
      skipped: [],
    });
    await until(() => !existsSync(join(uploads, importId)));
    const { photos } = await office.call('photos.library', {});
    expect(photos.map(({ fileName }) => fileName)).toEqual(['IMG_1.jpg', 'IMG_1.jpg']);
  });

  test.each([
    ['../../x.jpg', 'x.jpg'],
    ['..\\..\\x.jpg', 'x.jpg'],
    ['C:\\photos\\x.jpg', 'x.jpg'],
    ['C:x.jpg', 'Cx.jpg'],
    ['/etc/passwd', 'passwd'],
    ['a\0b\n.jpg', 'ab.jpg'],
    ['....', 'photo'],
    ['NUL', '_NUL'],
    ['com1.jpg', '_com1.jpg'],
    [`${'🧱'.repeat(100)}.jpg`, `${'🧱'.repeat(49)}.jpg`],
    ['..', 'photo'],
    ['', 'photo'],
    ['照'.repeat(300), '照'.repeat(66)],
    [`${'长'.repeat(300)}.jpg`, `${'长'.repeat(65)}.jpg`],
  ])('a name like %j stays inside its folder', async (name, kept) => {
    const { office, begin, filesOf, uploads, dataFolder } = await withOffice();
    const { importId, uploadUrl } = await begin();
    const before = readdirSync(dataFolder);
    resultIn(await office.send(named(uploadUrl, name), 'content'));
    expect(filesOf(importId)).toEqual([join(uploads, importId, '000001', kept)]);
    expect(readFileSync(filesOf(importId)[0]!, 'utf8')).toBe('content');
    expect(readdirSync(dataFolder)).toEqual(before);
  });

  test('what is no photo is left out by its name, the others come in', async () => {
    const { office, begin, finish } = await withOffice();
    const { importId, uploadUrl } = await begin();
    resultIn(await office.send(named(uploadUrl, 'notes.jpg'), 'this is no photo at all, sorry'));
    resultIn(await office.send(named(uploadUrl, 'a.jpg'), await plainJpeg(60, 40)));
    expect(await finish({ importId, uploadUrl })).toMatchObject({
      added: 1,
      skipped: [{ file: 'notes.jpg', words: { en: expect.any(String), zh: expect.any(String) } }],
    });
  });

  test('one that is cut off in the middle leaves nothing, and the next one comes in', async () => {
    const { office, port, begin, finish, filesOf } = await withOffice();
    const { importId, uploadUrl } = await begin();
    const socket = connect(port, '127.0.0.1');
    socket.write(
      `POST ${uploadUrl}?name=a.jpg HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\n` +
        `authorization: Bearer ${office.token}\r\ncontent-length: 1000000\r\n\r\nthe first bytes`,
    );
    await until(() => filesOf(importId).length === 1);
    socket.destroy();
    await until(() => filesOf(importId).length === 0);
    resultIn(await office.send(named(uploadUrl, 'a.jpg'), await plainJpeg(60, 40)));
    expect(await finish({ importId, uploadUrl })).toMatchObject({ total: 1, added: 1, skipped: [] });
  });

  test('one that is still on its way when the upload is ended is not taken for whole', async () => {
    const { office, port, begin, finish, filesOf } = await withOffice();
    const { importId, uploadUrl } = await begin();
    resultIn(await office.send(named(uploadUrl, 'a.jpg'), await plainJpeg(60, 40)));
    const socket = connect(port, '127.0.0.1');
    let said = '';
    socket.on('data', (data) => (said += data.toString()));
    socket.on('error', () => socket.destroy());
    socket.write(
      `POST ${uploadUrl}?name=b.jpg HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\nconnection: close\r\n` +
        `authorization: Bearer ${office.token}\r\ncontent-length: 1000000\r\n\r\nthe first bytes`,
    );
    await until(() => filesOf(importId).length === 2);
    expect(await finish({ importId, uploadUrl })).toMatchObject({ total: 1, added: 1, skipped: [] });
    await until(() => said.includes('import-unknown'));
    socket.destroy();
  });

  test('one that is still on its way when the kiosk is switched off keeps nobody waiting and leaves nothing', async () => {
    const { kiosk, office, port, begin, filesOf } = await withOffice();
    const { importId, uploadUrl } = await begin();
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => socket.destroy());
    socket.write(
      `POST ${uploadUrl}?name=a.jpg HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\n` +
        `authorization: Bearer ${office.token}\r\ncontent-length: 1000000\r\n\r\nthe first bytes`,
    );
    await until(() => filesOf(importId).length === 1);
    await kiosk.close();
    expect(filesOf(importId)).toEqual([]);
    socket.destroy();
  });

  test('one that the disk has no room for is told in words', async ({ skip }) => {
    const { office, begin, filesOf, uploads } = await withOffice();
    const { importId, uploadUrl } = await begin();
    mountSmallDisk(join(uploads, importId), skip);
    const { refusal } = await office.send(named(uploadUrl, 'a.jpg'), Buffer.alloc(1024 * 1024));
    expect(refusal).toMatchObject({
      code: 'target-unwritable',
      message: { en: expect.stringContaining('the disk is full'), zh: expect.stringContaining('磁盘已满') },
    });
    expect(filesOf(importId)).toEqual([]);
  });

  test('an upload that is stopped or over takes no more and cannot be ended twice; what had arrived comes in', async () => {
    const { address, office, begin, finish, importOf, uploads } = await withOffice();
    const over = await begin();
    await finish(over);
    const stopped = await begin(2);
    resultIn(await office.send(named(stopped.uploadUrl, 'a.jpg'), await plainJpeg(60, 40)));
    await office.call('photos.cancelImport', { importId: stopped.importId });
    await until(async () => (await importOf(stopped.importId)).state === 'done');
    expect(await importOf(stopped.importId)).toMatchObject({ added: 1, sent: { arrived: 1, files: 2 } });
    for (const { importId, uploadUrl } of [over, stopped]) {
      for (const path of [named(uploadUrl, 'b.jpg'), `${uploadUrl}/end`]) {
        expect((await sendTo(address, path, 'x')).refusal?.code).toBe('import-unknown');
      }
      await office.call('photos.cancelImport', { importId });
      expect((await importOf(importId)).state).toBe('done');
    }
    const never = await callOver(address, 'photos.cancelImport', { importId: 'never' }, office.token);
    expect(never.refusal?.code).toBe('import-unknown');
    expect((await office.send('/uploads/photos/never', 'x')).refusal?.code).toBe('import-unknown');
    expect((await office.call('photos.library', {})).total).toBe(1);
    await until(() => readdirSync(uploads).length === 0);
  });
});

describe('a hidden photo', () => {
  test('is shown with its own ticket only', async () => {
    const { address, office, kiosk, begin, finish } = await withOffice();
    const { importId, uploadUrl } = await begin();
    for (const colour of ['#ff0000', '#00ff00']) {
      resultIn(await office.send(named(uploadUrl, 'a.jpg'), await plainJpeg(60, 40, colour)));
    }
    await finish({ importId, uploadUrl });
    const [mine, other] = [...kiosk.state.photos.keys()] as [string, string];
    for (const photoId of [mine, other]) {
      await office.call('photos.hide', { gestureId: randomUUID(), photoId, hidden: true });
    }
    const { photos } = await office.call('photos.library', {});
    const thumbnail = photos.find(({ photoId }) => photoId === mine)!.thumbnail;
    const ticket = new URL(thumbnail, address).searchParams.get('ticket')!;
    const status = async (path: string) => (await fetch(address + path)).status;
    expect(await status(thumbnail)).toBe(200);
    expect(await status(`/photos/${mine}/1920.jpg?ticket=${ticket}`)).toBe(200);
    for (const guess of ['', ticket.slice(1), ticket.toUpperCase(), 'A'.repeat(43), office.token]) {
      expect(await status(`/photos/${mine}/480.jpg?ticket=${guess}`)).toBe(404);
    }
    expect(await status(`/photos/${mine}/480.jpg`)).toBe(404);
    expect(await status(`/photos/${other}/480.jpg?ticket=${ticket}`)).toBe(404);
  });
});

describe('an attendance sheet to download', () => {
  test('is there for who has its address, for five minutes, under a name that says what it is', async () => {
    const { address, asStaff, clock, office } = await withOffice();
    const { activityId, wang } = await prepareEvening({ asStaff });
    const signIn = { gestureId: randomUUID(), activityId, personId: wang };
    resultIn(await callOver(address, 'attendance.signIn', signIn));
    const { url, fileName, rows } = await office.call('exports.prepare', { activityId, format: 'csv' });
    expect([fileName, rows]).toEqual(['2026-11-22 志愿服务之夜 签到表.csv', 1]);
    const response = await fetch(address + url);
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(decodeURIComponent(response.headers.get('content-disposition')!)).toBe(
      `attachment; filename*=UTF-8''${fileName}`,
    );
    expect(await response.text()).toContain('王建国');
    clock.forward(5 * 60);
    expect((await fetch(address + url)).status).toBe(200);
    clock.forward(1);
    expect((await fetch(address + url)).status).toBe(404);
  });

  test('has no address that can be guessed', async () => {
    const { address, asStaff, office } = await withOffice();
    const { activityId } = await prepareEvening({ asStaff });
    const { url } = await office.call('exports.prepare', { activityId, format: 'csv' });
    const guesses = ['', 'A'.repeat(32), url.slice(9, -1), `${url.slice(9)}A`, '__proto__'];
    for (const guess of guesses) expect((await fetch(`${address}/exports/${guess}`)).status).toBe(404);
    const { url: other } = await office.call('exports.prepare', { activityId, format: 'csv' });
    expect(other).not.toBe(url);
  });
});

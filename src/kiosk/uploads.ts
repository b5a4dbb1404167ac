import type { Answer } from '../api/answer.ts';
import type { Caller } from '../api/dispatcher.ts';
import { Problem } from '../domain/problem.ts';
import { roleAllows } from '../domain/role.ts';
import type { Uploads } from '../web/upload-responder.ts';
import type { PeopleUploads } from './people-uploads.ts';
import type { PhotoImports } from './photo-imports.ts';

/** What uploads work with. */
export interface UploadParts {
  callerOf(token: string | undefined): Caller;
  peopleUploads: PeopleUploads;
  imports: PhotoImports;
  onFault(error: unknown): void;
}

/** Takes files for staff; everybody else is refused before a byte is kept. */
export function uploadsOf({ callerOf, peopleUploads, imports, onFault }: UploadParts): Uploads {
  async function asStaff(token: string | undefined, take: () => Promise<unknown>): Promise<Answer> {
    if (!roleAllows(callerOf(token).role, 'editor')) return no('role-missing', officeClosed);
    try {
      return { ok: true, result: await take() };
    } catch (error) {
      if (error instanceof Problem) return no(error.code, error.words);
      onFault(error);
      return no('fault', brokenOff);
    }
  }
  return {
    takePeopleFile: (body, name, token) =>
      asStaff(token, async () => ({ uploadId: await peopleUploads.take(body, name) })),
    takePhoto: (importId, body, name, token) =>
      asStaff(token, async () => {
        await imports.takeFile(importId, name, body);
        return {};
      }),
  };
}

const officeClosed = {
  en: 'Only the office may send files. Please open it with the PIN.',
  zh: '只有办公页面可以上传文件，请先输入密码。',
};
const brokenOff = {
  en: 'The file did not arrive whole, and nothing of it was kept. Please send it again.',
  zh: '文件未完整接收，未保存任何内容。请重新上传。',
};

function no(code: string, message: Problem['words']): Answer {
  return { ok: false, refusal: { code, message } };
}

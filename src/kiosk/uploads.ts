import type { AnswerKind, Dispatched } from '../api/answer.ts';
import { CallError } from '../api/call-error.ts';
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

/** Takes people from staff and photos from who has a ticket; others are refused before a byte is kept. */
export function uploadsOf({ callerOf, peopleUploads, imports, onFault }: UploadParts): Uploads {
  async function answer(take: () => Promise<unknown>): Promise<Dispatched> {
    try {
      return { ok: true, result: await take() };
    } catch (error) {
      if (error instanceof Problem) return no(kindOf(error), error.code, error.words);
      onFault(error);
      return no('fault', 'fault', brokenOff);
    }
  }
  return {
    async takePeopleFile(body, name, token) {
      if (!roleAllows(callerOf(token).role, 'editor')) return no('forbidden', 'role-missing', officeClosed);
      return answer(async () => ({ uploadId: await peopleUploads.take(body, name) }));
    },
    takePhoto: (ticket, body, name) =>
      answer(async () => {
        await imports.takeFile(ticket, name, body);
        return {};
      }),
    endPhotos: (ticket) =>
      answer(async () => {
        imports.endUpload(ticket);
        return {};
      }),
  };
}

const officeClosed = {
  en: 'Only the office may send files. Please open it with the PIN.',
  zh: '只有管理页面可以上传文件，请先输入密码。',
};
const brokenOff = {
  en: 'The file did not arrive whole, and nothing of it was kept. Please send it again.',
  zh: '文件未完整接收，未保存任何内容。请重新上传。',
};

/** A disk that takes nothing is no matter of the file; every other problem is. */
function kindOf(error: Problem): AnswerKind {
  if (error instanceof CallError) return error.kind;
  return error.code === 'target-unwritable' || error.code === 'disk-low' ? 'refused' : 'invalid';
}

function no(kind: AnswerKind, code: string, message: Problem['words']): Dispatched {
  return { ok: false, kind, refusal: { code, message } };
}

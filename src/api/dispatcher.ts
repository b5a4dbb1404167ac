import { z } from 'zod';
import { Problem } from '../domain/problem.ts';
import { Refusal, type RefusalReason } from '../domain/refusal.ts';
import { roleAllows, type Role } from '../domain/role.ts';
import type { AnswerKind, Dispatched } from './answer.ts';
import { contract, type Input, type OperationName, type Result } from './contract.ts';
import { CallError } from './call-error.ts';
import { refusalWords } from './refusal-words.ts';

/** Who calls: what the host knows about the other side. */
export interface Caller {
  role: Role;
  /** Which leader calls, where one does. */
  personId?: string;
  /** What it showed for that role. */
  token?: string;
}

/** One function per operation; its input has passed the schema, its caller the role. */
export type Handlers = {
  [Name in OperationName]: (input: Input<Name>, caller: Caller) => Result<Name> | Promise<Result<Name>>;
};

/** Takes a call of any name with any input and always answers. */
export type Dispatch = (name: string, input: unknown, caller: Caller) => Promise<Dispatched>;

/**
 * The one door to the kiosk. Checks that the operation exists, that the caller may, that the input fits, in
 * that order; then calls the handler. A refusal becomes an answer; anything else thrown is reported to
 * `onFault` and answered as a fault: in its own words where it has some for a person, else without details.
 */
export function createDispatcher(handlers: Handlers, onFault: (error: unknown) => void): Dispatch {
  return async (name, input, caller) => {
    if (!isOperation(name)) {
      return no('unknown', 'operation-unknown', {
        en: `There is no operation "${name.slice(0, 80)}".`,
        zh: `没有“${name.slice(0, 80)}”这个操作。`,
      });
    }
    const { role, input: schema } = contract[name];
    if (!roleAllows(caller.role, role)) return forbidden(role);
    const checked = schema.safeParse(input);
    if (!checked.success) {
      const problem = z
        .prettifyError(checked.error)
        .replaceAll(/\s*\n\s*/g, ' ')
        .slice(0, 400);
      return no('invalid', 'input-invalid', {
        en: `The input of ${name} does not fit: ${problem}`,
        zh: `${name} 的输入不符合要求：${problem}`,
      });
    }
    try {
      const handler = handlers[name] as (input: unknown, caller: Caller) => unknown;
      return { ok: true, result: await handler(checked.data, caller) };
    } catch (error) {
      if (error instanceof Refusal) return refused(error.reason);
      if (error instanceof CallError) {
        const { kind, code, words, details } = error;
        return { ok: false, kind, refusal: { code, message: words, ...details } };
      }
      onFault(error);
      if (error instanceof Problem) return no('fault', error.code, error.words);
      return no('fault', 'fault', {
        en: 'Something went wrong inside the kiosk. Whether it was saved is not certain. Please call the organiser.',
        zh: '程序内部出错，不确定是否已保存。请联系活动组织者。',
      });
    }
  };
}

function isOperation(name: string): name is OperationName {
  return Object.hasOwn(contract, name);
}

function refused(reason: RefusalReason): Dispatched {
  const { code, ...details } = reason;
  return { ok: false, kind: 'refused', refusal: { code, message: refusalWords(reason), ...details } };
}

function forbidden(role: Role): Dispatched {
  return no('forbidden', 'role-missing', {
    en: `Only staff may do this (it needs the role "${role}"). Please open the office with its PIN, or use the command line on the kiosk itself.`,
    zh: `此操作只限管理人员（${role}）。请输入密码打开管理页面，或在本机命令行中进行。`,
  });
}

function no(kind: AnswerKind, code: string, message: { en: string; zh: string }): Dispatched {
  return { ok: false, kind, refusal: { code, message } };
}

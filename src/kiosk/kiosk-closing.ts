import { Problem } from '../domain/problem.ts';

/** Why a kiosk that is being closed takes nothing any more. */
export function kioskClosing(): Problem {
  return new Problem('kiosk-closing', {
    en: 'The kiosk is closing, so nothing was saved. Please try again when it has started.',
    zh: '系统正在关闭，本次未保存。请启动后重试。',
  });
}

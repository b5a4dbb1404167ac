import { app, BrowserWindow } from 'electron';
import { sayBoth } from './say-both.ts';

/**
 * Makes this the only kiosk on its data folder. Where one runs, it comes to the front, or ends if `quit` asks for
 * that, and this process says so.
 * @returns the exit code to end with at once; undefined when this is the one to run.
 */
export function endIfSecond(quit: boolean): number | undefined {
  const isFirst = app.requestSingleInstanceLock({ quit });
  if (isFirst && quit) {
    sayBoth({ en: 'There is no kiosk running that could be ended.', zh: '没有正在运行的程序可以结束。' });
    return 1;
  }
  if (isFirst) {
    app.on('second-instance', (_event, _argv, _folder, data) => {
      if ((data as { quit?: unknown } | undefined)?.quit === true) app.quit();
      else bringToFront();
    });
    return undefined;
  }
  sayBoth(
    quit
      ? { en: 'The kiosk was asked to end.', zh: '已请求结束正在运行的程序。' }
      : {
          en: 'Muster is running already; its window is in front now.',
          zh: '集结已在运行，已切换到其窗口。',
        },
  );
  return 0;
}

function bringToFront(): void {
  for (const window of BrowserWindow.getAllWindows()) {
    if (window.isMinimized()) window.restore();
    window.focus();
  }
}

import { resetPin } from '../access/pin-file.ts';
import { findDataFolder, requireDataFolder } from '../kiosk/data-folder.ts';
import { allowOnly, allowWords, type Options } from './options.ts';
import { say, type Outcome } from './output.ts';
import { UsageError } from './usage.ts';

/** `muster pin reset`: forgets the office's PIN, also while the kiosk runs. Only on the machine itself. */
export async function pin([action, ...rest]: string[], options: Options): Promise<Outcome> {
  if (action !== 'reset') throw new UsageError('muster pin what? reset');
  allowWords(rest, 0);
  allowOnly(options, []);
  const folder = findDataFolder(options.data);
  requireDataFolder(folder);
  await resetPin(folder);
  return {
    exitCode: 0,
    text: say({
      en: 'The PIN is forgotten and every open office is locked. Open the office on the kiosk now and set a new one: until then anybody at the screen can.',
      zh: '密码已清除，已打开的管理页面全部锁定。请立即在本机打开管理页面设置新密码：在此之前，任何人都可以设置。',
    }),
    json: { reset: true },
  };
}

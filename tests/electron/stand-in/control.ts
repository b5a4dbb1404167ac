import { asked } from './desktop.ts';
import { theApp } from './app.ts';
import { downloads } from './session.ts';
import { setDisplays, type StandInDisplay } from './screen.ts';
import { preventable } from './strict.ts';
import { windows } from './windows.ts';

/** What a person or the system does to the app, told by the test process; each answers with what came of it. */
const COMMANDS = {
  setDisplays: (displays: StandInDisplay[]) => setDisplays(displays),
  windows: () =>
    windows.map(({ bounds, shown, kiosk, focused, options, contents }) => ({
      bounds,
      shown,
      kiosk,
      focused,
      preferences: options.webPreferences,
      address: contents.page?.url(),
    })),
  asked: () => ({ ...asked, downloads }),
  load: (index: number, address: string) => windows[index]!.contents.load(address),
  close: (index: number) => windows[index]!.close(),
  forgeFromChildFrame: (index: number, channel: string, args: unknown[]) =>
    windows[index]!.contents.forgeFromChildFrame(channel, args),
  /** True when the page would get the key. */
  key(index: number, input: object) {
    const event = preventable({});
    windows[index]!.contents.emit('before-input-event', event, {
      control: false,
      alt: false,
      meta: false,
      shift: false,
      ...input,
    });
    return !event.defaultPrevented;
  },
  childProcessGone: (type: string) =>
    void theApp.emit('child-process-gone', {}, { type, reason: 'crashed', exitCode: 139 }),
  unresponsive: (index: number) => void windows[index]!.contents.emit('unresponsive'),
  /** Ends as by `process.crash`: an exception that nobody catches. */
  throwInMain() {
    setImmediate(() => {
      throw new Error('thrown on purpose');
    });
  },
  quit: () => theApp.quit(),
} as const;

export type Command = keyof typeof COMMANDS;

theApp.on('stand-in-started', (endpoint: string) => void process.send?.({ endpoint }));

process.on('message', (message: { id: number; command: Command; args: never[] }) => {
  void (async () => {
    const run = COMMANDS[message.command] as (...args: never[]) => unknown;
    try {
      process.send?.({ id: message.id, result: await run(...message.args) });
    } catch (error) {
      process.send?.({ id: message.id, error: String(error) });
    }
  })();
});

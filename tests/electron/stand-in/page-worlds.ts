import { decodeClone, encodeClone } from './clone.ts';

/** Name of the world in which a preload script runs: it shares the document with the page and nothing else. */
export const PRELOAD_WORLD = 'electron preload';
/** What the preload world calls to reach this process. */
export const SEND = '__sendToMain';
/** What this process calls in the preload world. */
export const DELIVER = '__deliverFromMain';

/** A message of the preload world. */
export interface FromPreload {
  id: number;
  channel: string;
  /** Encoded by `encodeClone`. */
  args: string;
}

/**
 * One end of the context bridge; the other world has the other. Values are cloned, functions and promises stay where
 * they are and are called over the border, at once and in order, as Electron does it.
 */
function bridgeEnd(channel: string, mine: string, theirs: string) {
  type Held = { value: unknown } | { fn: number } | { promise: number };
  type Returned = { ok: true; held: Held } | { ok: false; message: string };
  const functions = new Map<number, (...args: unknown[]) => unknown>();
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  const dispatch = window.dispatchEvent.bind(window);
  const Custom = CustomEvent;
  let count = 0;
  let returned: Returned;

  function emit(kind: string, detail: unknown): void {
    dispatch(new Custom(`${channel}:${theirs}:${kind}`, { detail }));
  }
  function on<T>(kind: string, listener: (detail: T) => void): void {
    addEventListener(`${channel}:${mine}:${kind}`, (event) => listener((event as CustomEvent<T>).detail));
  }
  function messageOf(error: unknown): string {
    return error instanceof Error ? error.message : String(error);
  }
  function hold(value: unknown): Held {
    if (typeof value === 'function') {
      functions.set(++count, value as (...args: unknown[]) => unknown);
      return { fn: count };
    }
    if (value instanceof Promise) {
      const promise = ++count;
      value.then(
        (result: unknown) => emit('settle', { promise, returned: { ok: true, held: hold(result) } }),
        (error: unknown) => emit('settle', { promise, returned: { ok: false, message: messageOf(error) } }),
      );
      return { promise };
    }
    return { value: structuredClone(value) };
  }
  function take(held: Held): unknown {
    if ('fn' in held) return (...args: unknown[]) => callThere(held.fn, args);
    if ('promise' in held)
      return new Promise((resolve, reject) => waiting.set(held.promise, { resolve, reject }));
    return held.value;
  }
  function callThere(fn: number, args: unknown[]): unknown {
    emit('call', { fn, args: args.map(hold) });
    const answer = returned;
    if (!answer.ok) throw new Error(answer.message);
    return take(answer.held);
  }

  on<Returned>('return', (detail) => (returned = detail));
  on<{ fn: number; args: Held[] }>('call', ({ fn, args }) => {
    try {
      emit('return', { ok: true, held: hold(functions.get(fn)!(...args.map(take))) });
    } catch (error) {
      emit('return', { ok: false, message: messageOf(error) });
    }
  });
  on<{ promise: number; returned: Returned }>('settle', ({ promise, returned: settled }) => {
    const one = waiting.get(promise);
    waiting.delete(promise);
    if (settled.ok) one?.resolve(take(settled.held));
    else one?.reject(new Error(settled.message));
  });
  return { emit, on, hold, take };
}

/** The page's side: puts on `window` what the preload script exposes, read-only. */
function mainWorld(end: ReturnType<typeof bridgeEnd>): void {
  end.on<{ key: string; members: [string, never][] }>('expose', ({ key, members }) => {
    if (Object.hasOwn(window, key)) return;
    const api = Object.fromEntries(members.map(([name, held]) => [name, end.take(held)]));
    Object.defineProperty(window, key, { value: Object.freeze(api), enumerable: true });
  });
  end.emit('ready', null);
}

/** The preload script's side: what a sandboxed `require` gives, and nothing else. */
function preloadWorld(
  end: ReturnType<typeof bridgeEnd>,
  encode: typeof encodeClone,
  decode: typeof decodeClone,
  names: { send: string; deliver: string },
): (name: string) => unknown {
  const world = globalThis as unknown as Record<string, (text: string) => void>;
  const exposed: { key: string; members: unknown[] }[] = [];
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  const listeners = new Map<string, Set<(event: object, ...args: unknown[]) => void>>();
  let count = 0;

  world[names.deliver] = (text) => {
    const message = decode(text) as { id?: number; value?: unknown; error?: string; channel?: string };
    if (message.channel !== undefined) {
      for (const listener of [...(listeners.get(message.channel) ?? [])]) {
        listener({}, ...(message.value as unknown[]));
      }
      return;
    }
    const one = waiting.get(message.id!);
    waiting.delete(message.id!);
    if (message.error === undefined) one?.resolve(message.value);
    else one?.reject(new Error(message.error));
  };
  end.on('ready', () => {
    for (const one of exposed) end.emit('expose', one);
  });

  function refuseOthers<T extends object>(name: string, object: T): T {
    return new Proxy(object, {
      get(target, key) {
        if (key in target) return Reflect.get(target, key) as unknown;
        throw new Error(`the stand-in's sandbox has no ${name}.${String(key)}`);
      },
    });
  }

  const ipcRenderer = refuseOthers('ipcRenderer', {
    invoke(channel: string, ...args: unknown[]) {
      const id = ++count;
      const text = JSON.stringify({ id, channel, args: encode(args) });
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject });
        world[names.send]!(text);
      });
    },
    on(channel: string, listener: () => void) {
      listeners.set(channel, (listeners.get(channel) ?? new Set()).add(listener));
    },
    off(channel: string, listener: () => void) {
      listeners.get(channel)?.delete(listener);
    },
  });
  const contextBridge = refuseOthers('contextBridge', {
    exposeInMainWorld(key: string, api: object) {
      if (exposed.some((one) => one.key === key)) throw new Error(`cannot bind "${key}" twice`);
      const one = { key, members: Object.entries(api).map(([name, member]) => [name, end.hold(member)]) };
      exposed.push(one);
      end.emit('expose', one);
    },
  });
  const electron = refuseOthers('electron', { ipcRenderer, contextBridge });
  return (name) => {
    if (name === 'electron') return electron;
    throw new Error(`module not found: ${name} (a sandboxed preload script cannot require it)`);
  };
}

/** Script for the page's own world, and for the preload world with the preload script in it. */
export function worldScripts(preload: string): { main: string; isolated: string } {
  const channel = `bridge-${crypto.randomUUID()}`;
  // As in Electron, child frames have no preload script; the empty first document has none either.
  const inPages = (script: string) =>
    `if (window === window.top && location.href !== 'about:blank') { ${script} }`;
  const names = JSON.stringify({ send: SEND, deliver: DELIVER });
  return {
    main: inPages(`(${mainWorld})((${bridgeEnd})('${channel}', 'page', 'preload'));`),
    isolated: inPages(`{
      const require = (${preloadWorld})((${bridgeEnd})('${channel}', 'preload', 'page'), ${encodeClone}, ${decodeClone}, ${names});
      (function (require, module, exports) {\n${preload}\n})(require, { exports: {} }, {});
    }`),
  };
}

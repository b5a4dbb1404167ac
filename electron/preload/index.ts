import { contextBridge, ipcRenderer, type IpcRendererEvent } from 'electron';
import { BRIDGE_NAME, CALL_CHANNEL, CHANGE_CHANNEL, type Bridge } from '../../src/api/channels.ts';

/** All that a page gets from Electron: two functions, no event object, no channel to choose. */
const bridge: Bridge = {
  call: (operation, input, token) => ipcRenderer.invoke(CALL_CHANNEL, operation, input, token),
  subscribe(onChange) {
    const listener = (_event: IpcRendererEvent, topic: string) => onChange(topic);
    ipcRenderer.on(CHANGE_CHANNEL, listener);
    return () => void ipcRenderer.off(CHANGE_CHANNEL, listener);
  },
};

contextBridge.exposeInMainWorld(BRIDGE_NAME, bridge);

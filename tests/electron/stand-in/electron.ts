/*
 * A stand-in for Electron's main-process module on a real Chromium. It exports what the kiosk uses and nothing
 * else: another import fails to link, another member or event throws.
 */
export { app } from './app.ts';
export { BrowserWindow } from './browser-window.ts';
export { ipcMain } from './ipc-main.ts';
export { Menu, powerSaveBlocker } from './desktop.ts';
export { protocol, session } from './session.ts';
export { screen } from './screen.ts';
export { utilityProcess } from './utility-process.ts';

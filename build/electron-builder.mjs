/** What electron-builder makes of the built app: an installer for Windows, AppImage and deb for Linux. */
import manifest from '../package.json' with { type: 'json' };
import { NATIVE_PACKAGES } from './native-packages.mjs';

/** The bundles hold these already. */
const BUNDLED = Object.keys(manifest.dependencies).filter((name) => !NATIVE_PACKAGES.includes(name));

/** @type {import('electron-builder').Configuration} */
export const packaging = {
  appId: 'io.github.muster.kiosk',
  productName: 'Muster',
  executableName: 'muster',
  icon: 'dist/icon.png',
  directories: { output: 'dist/package' },
  files: [
    'dist/renderer/**',
    'dist/electron/**',
    'src/sample/album/**',
    'package.json',
    ...BUNDLED.map((name) => `!node_modules/${name}/**`),
  ],
  asar: true,
  asarUnpack: [
    ...NATIVE_PACKAGES.map((name) => `node_modules/${name}/**`),
    'node_modules/@img/**',
    'node_modules/@node-rs/**',
    '**/*.node',
    'src/sample/album/**',
  ],
  // The native parts are prebuilt on Node-API and fit any Electron.
  npmRebuild: false,
  publish: null,
  electronLanguages: ['en-US', 'zh-CN'],
  electronFuses: {
    runAsNode: false,
    enableCookieEncryption: false,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    loadBrowserProcessSpecificV8Snapshot: false,
    grantFileProtocolExtraPrivileges: false,
  },
  win: { target: 'nsis' },
  nsis: {
    oneClick: false,
    perMachine: true,
    allowToChangeInstallationDirectory: true,
    installerLanguages: ['en_US', 'zh_CN'],
    runAfterFinish: false,
  },
  linux: {
    target: ['AppImage', 'deb'],
    category: 'Office',
    maintainer: 'Muster <muster@localhost>',
    synopsis: manifest.description,
  },
  // Its menu entry would switch the sandbox off on every system; its launcher does where there is no other way.
  appImage: { executableArgs: [] },
};

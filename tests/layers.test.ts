import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

/*
 * The layer rules are worth what they catch: breaches are planted in a copy of the tree, and each must be
 * reported under its rule. The copy lies inside the project, so that packages are found from it.
 */

const PROJECT = fileURLToPath(new URL('..', import.meta.url));
const CRUISER = join(PROJECT, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');

/** What screens and Electron may do, close to the line: nothing of this may be reported. */
const ALLOWED: Record<string, string> = {
  'renderer/main.ts': `import { createApp } from 'vue';\nimport { createPinia } from 'pinia';\nimport App from './App.vue';\ncreateApp(App).use(createPinia());`,
  'renderer/App.vue': `<script setup lang="ts">\nimport Wall from './features/wall/Wall.vue';\nimport { localDateOf } from '../src/domain/time.ts';\nlocalDateOf('');\n</script>\n<template><Wall /></template>`,
  'renderer/api/connect.ts': `import { createClient } from '../../src/api/client.ts';\nimport type { Answer } from '../../src/api/answer.ts';\nimport type { Topic } from '../../src/api/contract.ts';\nexport type Both = [Answer, Topic];\nexport { createClient };`,
  'renderer/features/wall/Wall.vue': `<script setup lang="ts">\nimport type { PhotoView } from '../../../src/api/photos-api.ts';\nimport { useClock } from '../../composables/clock.ts';\nimport Button from '../../ui/Button.vue';\ndefineProps<{ photo: PhotoView }>();\nuseClock();\n</script>\n<template><Button /></template>`,
  'renderer/features/gate/order.ts': `export const order = 1;`,
  'renderer/ui/Button.vue': `<script setup lang="ts">\nimport { ref } from 'vue';\nimport { Check } from '@lucide/vue';\nimport type { Bilingual } from '../../src/domain/bilingual.ts';\nref<Bilingual>();\n</script>\n<template><Check /></template>`,
  'renderer/composables/clock.ts': `import { ref } from 'vue';\nimport { localDateOf } from '../../src/domain/time.ts';\nexport const useClock = () => ref(localDateOf(''));`,
  'electron/main/index.ts': `import { app } from 'electron';\nimport { join } from 'node:path';\nimport { openKiosk } from '../../src/kiosk/open-kiosk.ts';\nvoid openKiosk(join(app.getPath('userData')));`,
  'electron/preload/index.ts': `import { contextBridge } from 'electron';\ncontextBridge.exposeInMainWorld('muster', {});`,
};

/** One breach a file: where it stands, what it says, and the rule that must catch it. */
const BREACHES: [what: string, file: string, text: string, rule: string][] = [
  [
    'the domain reads the disk',
    'src/domain/breach-node.ts',
    `import { readFileSync } from 'node:fs';\nreadFileSync('');`,
    'domain-only-itself',
  ],
  [
    'the domain checks with zod',
    'src/domain/breach-zod.ts',
    `import { z } from 'zod';\nz.string();`,
    'domain-only-itself',
  ],
  [
    'the domain knows the contract, if only by type',
    'src/domain/breach-type.ts',
    `import type { Topic } from '../api/contract.ts';\nexport type T = Topic;`,
    'domain-only-itself',
  ],
  [
    'two domain files need each other',
    'src/domain/breach-cycle-a.ts',
    `import { b } from './breach-cycle-b.ts';\nexport const a = () => b;`,
    'no-cycle',
  ],
  [
    'the contract uses a library of its own',
    'src/api/breach-hono.ts',
    `import { Hono } from 'hono';\nnew Hono();`,
    'api-only-domain-and-zod',
  ],
  [
    'the contract reads the store',
    'src/api/breach-store.ts',
    `import '../store/record.ts';`,
    'api-only-domain-and-zod',
  ],
  [
    'the store knows photos',
    'src/store/breach.ts',
    `import { photoFiles } from '../photos/photo-files.ts';\nphotoFiles('');`,
    'store-only-domain',
  ],
  [
    'photos write to the store',
    'src/photos/breach.ts',
    `import type { Store } from '../store/open-store.ts';\nexport type S = Store;`,
    'photos-only-domain',
  ],
  [
    'a worker is started by somebody who knows photos',
    'src/processes/breach.ts',
    `import '../photos/skip-reasons.ts';`,
    'processes-only-themselves',
  ],
  [
    'writing a file depends on the kiosk',
    'src/files/breach.ts',
    `import { VERSION } from '../kiosk/version.ts';\nvoid VERSION;`,
    'files-only-domain',
  ],
  [
    'a backup opens the store',
    'src/backup/breach-store.ts',
    `import { openStore } from '../store/open-store.ts';\nvoid openStore;`,
    'backup-only-domain-and-files',
  ],
  [
    'the PIN is kept in the store',
    'src/access/breach-store.ts',
    `import { openStore } from '../store/open-store.ts';\nvoid openStore;`,
    'access-only-domain-and-files',
  ],
  [
    'the PIN knows the contract, if only by type',
    'src/access/breach-type.ts',
    `import type { Topic } from '../api/contract.ts';\nexport type T = Topic;`,
    'access-only-domain-and-files',
  ],
  [
    'a host opens the office by itself',
    'src/server/breach-access.ts',
    `import { PinGuard } from '../access/pin-guard.ts';\nvoid PinGuard;`,
    'server-only-kiosk-and-api',
  ],
  [
    'the roster knows the export',
    'src/roster/breach.ts',
    `import '../export/attendance-csv.ts';`,
    'roster-only-domain-and-api',
  ],
  [
    'the export knows the kiosk',
    'src/export/breach.ts',
    `import { VERSION } from '../kiosk/version.ts';\nvoid VERSION;`,
    'export-only-domain-and-api',
  ],
  [
    'the web responder picks up a framework',
    'src/web/breach.ts',
    `import { Hono } from 'hono';\nnew Hono();`,
    'web-only-domain-api-and-node',
  ],
  [
    'the sample opens the store',
    'src/sample/breach.ts',
    `import { openStore } from '../store/open-store.ts';\nvoid openStore;`,
    'sample-only-domain',
  ],
  [
    'the kiosk knows a host',
    'src/kiosk/breach-server.ts',
    `import { listen } from '../server/http-host.ts';\nvoid listen;`,
    'kiosk-never-hosts',
  ],
  [
    'the kiosk knows the command line',
    'src/kiosk/breach-cli.ts',
    `import { say } from '../cli/output.ts';\nvoid say;`,
    'nobody-imports-cli-or-hosts',
  ],
  [
    'the server goes round the kiosk to the store',
    'src/server/breach.ts',
    `import { openStore } from '../store/open-store.ts';\nvoid openStore;`,
    'server-only-kiosk-and-api',
  ],
  [
    'the server goes round the kiosk to the photos',
    'src/server/breach-photos.ts',
    `export type { PhotoFiles } from '../photos/photo-files.ts';`,
    'server-only-kiosk-and-api',
  ],
  [
    'the command line imports photos by itself',
    'src/cli/breach.ts',
    `import { importPhotos } from '../photos/import-photos.ts';\nvoid importPhotos;`,
    'cli-only-kiosk-and-words',
  ],
  [
    'the command line writes to the store',
    'src/cli/breach-store.ts',
    `import { openStore } from '../store/open-store.ts';\nvoid openStore;`,
    'cli-only-kiosk-and-words',
  ],
  [
    'the core needs Electron',
    'src/kiosk/breach-electron.ts',
    `import { app } from 'electron';\nvoid app;`,
    'electron-stays-in-electron',
  ],
  [
    'the main process goes round the kiosk',
    'electron/main/breach.ts',
    `import { openStore } from '../../src/store/open-store.ts';\nvoid openStore;`,
    'electron-main-only-kiosk-and-api',
  ],
  [
    'the preload script is given Node',
    'electron/preload/breach.ts',
    `import { readFileSync } from 'node:fs';\nvoid readFileSync;`,
    'electron-preload-only-channels',
  ],
  [
    'the preload script brings the whole contract',
    'electron/preload/breach-contract.ts',
    `import { contract } from '../../src/api/contract.ts';\nvoid contract;`,
    'electron-preload-only-channels',
  ],
  [
    'a screen reads the disk',
    'renderer/features/gate/breach-node.ts',
    `import { readFileSync } from 'node:fs';\nvoid readFileSync;`,
    'renderer-without-node',
  ],
  [
    'a screen knows the kiosk, if only by type',
    'renderer/stores/breach.ts',
    `import type { Kiosk } from '../../src/kiosk/open-kiosk.ts';\nexport type K = Kiosk;`,
    'renderer-only-api-and-vue',
  ],
  [
    'a screen ships every schema',
    'renderer/stores/breach-contract.ts',
    `import { contract } from '../../src/api/contract.ts';\nvoid contract;`,
    'renderer-without-schemas',
  ],
  [
    'a screen uses zod',
    'renderer/stores/breach-zod.ts',
    `import { z } from 'zod';\nvoid z;`,
    'renderer-only-api-and-vue',
  ],
  [
    'a component imports the store in its script',
    'renderer/features/wall/Breach.vue',
    `<script setup lang="ts">\nimport { openStore } from '../../../src/store/open-store.ts';\nvoid openStore;\n</script>\n<template><p /></template>`,
    'renderer-only-api-and-vue',
  ],
  [
    'one feature needs another',
    'renderer/features/wall/breach.ts',
    `import { order } from '../gate/order.ts';\nvoid order;`,
    'feature-never-feature',
  ],
  [
    'a basic component knows a feature',
    'renderer/ui/Breach.vue',
    `<script setup lang="ts">\nimport Wall from '../features/wall/Wall.vue';\n</script>\n<template><Wall /></template>`,
    'ui-only-vue',
  ],
  [
    'a basic component runs domain rules',
    'renderer/ui/breach.ts',
    `import { localDateOf } from '../../src/domain/time.ts';\nvoid localDateOf;`,
    'ui-domain-types-only',
  ],
  [
    'a composable calls the kiosk',
    'renderer/composables/breach.ts',
    `import { createClient } from '../../src/api/client.ts';\nvoid createClient;`,
    'composables-only-vue',
  ],
  ['a name is misspelt', 'src/kiosk/breach-missing.ts', `import './no-such-file.ts';`, 'resolvable'],
];

interface Violation {
  from: string;
  to: string;
  rule: { name: string };
}

let tree: string;
let clean: Violation[];
let breached: Violation[];

beforeAll(async () => {
  const output = join(PROJECT, 'tests/.output');
  mkdirSync(output, { recursive: true });
  tree = mkdtempSync(join(output, 'layers-'));
  cpSync(join(PROJECT, 'src'), join(tree, 'src'), { recursive: true });
  cpSync(join(PROJECT, 'package.json'), join(tree, 'package.json'));
  for (const [file, text] of Object.entries(ALLOWED)) plant(file, text);
  clean = await cruise();
  plant(
    'src/domain/breach-cycle-b.ts',
    `import { a } from './breach-cycle-a.ts';\nexport const b = () => a;`,
  );
  for (const [, file, text] of BREACHES) plant(file, text);
  breached = await cruise();
}, 60_000);

afterAll(() => rmSync(tree, { recursive: true, force: true }));

test('the tree as it is keeps every rule', () => {
  expect(clean).toEqual([]);
});

describe('a breach is reported under its rule', () => {
  test.each(BREACHES)('%s', (_what, file, _text, rule) => {
    const rules = breached.filter(({ from }) => from === file).map((violation) => violation.rule.name);
    expect(rules).toContain(rule);
  });
});

test('no file without a breach is reported', () => {
  const planted = new Set(BREACHES.map(([, file]) => file));
  const others = breached.filter(({ from }) => !planted.has(from) && from !== 'src/domain/breach-cycle-b.ts');
  expect(others).toEqual([]);
});

function plant(file: string, text: string): void {
  mkdirSync(dirname(join(tree, file)), { recursive: true });
  writeFileSync(join(tree, file), `${text}\n`);
}

function cruise(): Promise<Violation[]> {
  const config = join(PROJECT, 'build/dependency-cruiser.cjs');
  const args = [CRUISER, '--config', config, '--output-type', 'json', 'src', 'renderer', 'electron'];
  return new Promise((resolve, reject) => {
    // It ends with the number of violations, so only unreadable output is a failure.
    execFile(process.execPath, args, { cwd: tree, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      try {
        resolve((JSON.parse(stdout) as { summary: { violations: Violation[] } }).summary.violations);
      } catch {
        reject(new Error(`dependency-cruiser said: ${stderr}`, { cause: error }));
      }
    });
  });
}

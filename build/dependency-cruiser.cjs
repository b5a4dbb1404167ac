/*
 * Who may import whom (docs: DESIGN.md section 3). Run with `npm run check:layers`; tests/layers.test.ts plants
 * breaches and sees each of them reported here.
 */

/** Our own folders: everything else is Node's or a package. */
const OURS = '^(src|renderer|electron|build|tests)/';

/** A package, wherever its node_modules lies. */
function npm(...names) {
  return names.map((name) => `(^|/)node_modules/${name}/`);
}

/** What lies in `from` may import of our own folders only what `allowed` names; packages and node: as it likes. */
function onlyOfOurs(name, from, allowed) {
  return { name, severity: 'error', from: { path: from }, to: { path: OURS, pathNot: allowed } };
}

/** What lies in `from` may import nothing but what `allowed` names. */
function only(name, from, allowed) {
  return { name, severity: 'error', from: { path: from }, to: { pathNot: allowed } };
}

const general = [
  { name: 'no-cycle', severity: 'error', from: {}, to: { circular: true } },
  {
    // Electron's package is not installed where its binary cannot be had; tests stand in for it.
    name: 'resolvable',
    severity: 'error',
    from: {},
    to: { couldNotResolve: true, pathNot: '^electron$' },
  },
  {
    name: 'nobody-imports-cli-or-hosts',
    severity: 'error',
    from: { path: '^src/', pathNot: '^src/cli/' },
    to: { path: '^(src/cli|electron|renderer)/' },
  },
  {
    name: 'electron-stays-in-electron',
    severity: 'error',
    from: { path: OURS, pathNot: '^(electron|tests|build)/' },
    to: { path: ['(^|/)node_modules/electron/', '^electron$'] },
  },
];

const core = [
  only('domain-only-itself', '^src/domain/', ['^src/domain/']),
  only('api-only-domain-and-zod', '^src/api/', ['^src/(domain|api)/', ...npm('zod')]),
  only('sample-only-domain', '^src/sample/', ['^src/(domain|sample)/']),
];

const adapters = [
  onlyOfOurs('store-only-domain', '^src/store/', ['^src/(domain|store)/']),
  onlyOfOurs('processes-only-themselves', '^src/processes/', ['^src/processes/']),
  onlyOfOurs('photos-only-domain', '^src/photos/', ['^src/(domain|processes|photos)/']),
  onlyOfOurs('roster-only-domain-and-api', '^src/roster/', ['^src/(domain|api|processes|roster)/']),
  onlyOfOurs('export-only-domain-and-api', '^src/export/', ['^src/(domain|api|processes|files|export)/']),
  onlyOfOurs('files-only-domain', '^src/files/', ['^src/(domain|files)/']),
  onlyOfOurs('backup-only-domain-and-files', '^src/backup/', ['^src/(domain|files|backup)/']),
  onlyOfOurs('access-only-domain-and-files', '^src/access/', ['^src/(domain|files|access)/']),
  {
    name: 'web-only-domain-api-and-node',
    severity: 'error',
    from: { path: '^src/web/' },
    to: { pathNot: '^src/(domain|api|web)/', dependencyTypesNot: ['core'] },
  },
];

const hosts = [
  onlyOfOurs('kiosk-never-hosts', '^src/kiosk/', [
    '^src/(domain|api|store|photos|roster|export|access|backup|files|processes|sample|web|kiosk)/',
  ]),
  onlyOfOurs('server-only-kiosk-and-api', '^src/server/', ['^src/(domain|api|kiosk|web|server)/']),
  onlyOfOurs('cli-only-kiosk-and-words', '^src/cli/', [
    '^src/(access|domain|api|kiosk|server|export|files|processes|roster|cli)/',
    '^src/photos/(skip-reasons|find-files)\\.ts$',
  ]),
  onlyOfOurs('electron-main-only-kiosk-and-api', '^electron/main/', [
    '^src/(domain|api|kiosk|processes|server|web|cli)/',
    '^electron/main/',
  ]),
  only('electron-preload-only-channels', '^electron/preload/', [
    '^electron/preload/',
    '^src/api/channels\\.ts$',
    '^electron$',
    ...npm('electron'),
  ]),
];

const renderer = [
  only('renderer-only-api-and-vue', '^renderer/', [
    '^renderer/',
    '^src/(domain|api)/',
    ...npm(
      'vue',
      'pinia',
      'vue-i18n',
      '@lucide/vue',
      '@fontsource-variable/[^/]+',
      'simple-keyboard-layouts',
    ),
  ]),
  {
    name: 'renderer-without-node',
    severity: 'error',
    from: { path: '^renderer/' },
    to: { dependencyTypes: ['core'] },
  },
  {
    // The contract's files bring zod and every schema with them; screens need their types only.
    name: 'renderer-without-schemas',
    severity: 'error',
    from: { path: '^renderer/' },
    to: {
      path: '^src/api/',
      pathNot: '^src/api/(client|answer|channels)\\.ts$',
      dependencyTypesNot: ['type-only'],
    },
  },
  {
    name: 'feature-never-feature',
    severity: 'error',
    from: { path: '^renderer/features/([^/]+)/' },
    to: { path: '^renderer/features/', pathNot: '^renderer/features/$1/' },
  },
  only('ui-only-vue', '^renderer/ui/', [
    '^renderer/ui/',
    '^renderer/composables/',
    '^src/domain/',
    ...npm('vue', 'vue-i18n', '@lucide/vue'),
  ]),
  {
    name: 'ui-domain-types-only',
    severity: 'error',
    from: { path: '^renderer/ui/' },
    to: { path: '^src/domain/', dependencyTypesNot: ['type-only'] },
  },
  only('composables-only-vue', '^renderer/composables/', [
    '^renderer/composables/',
    '^src/domain/',
    ...npm('vue', 'vue-i18n'),
  ]),
];

module.exports = {
  forbidden: [...general, ...core, ...adapters, ...hosts, ...renderer],
  options: {
    // Without it type-only imports are invisible.
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};

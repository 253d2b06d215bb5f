import importX, { createNodeResolver } from 'eslint-plugin-import-x';
import tseslint from 'typescript-eslint';

/**
 * Which part may import which (docs/architecture.md). `only` lists the folders of `src/` that a part may use beside
 * itself; everything else inside `src/` is refused with the reason.
 */
const LAYERS = [
  { part: 'common', only: [], why: 'common is shared by server and browser and knows neither' },
  { part: 'server/contract', only: ['common'], why: 'the contract is what extensions see; it has no implementation' },
  { part: 'server/engine', only: ['common'], why: 'the engine knows no Koa, Sequelize or NocoBase; it gets ports' },
  { part: 'server/expressions', only: ['common', 'server/contract'], why: 'expressions are pure functions' },
  { part: 'server/storage', only: ['common', 'server/contract', 'server/engine'], why: 'storage implements the ports of the engine' },
  {
    part: 'server/nodes',
    only: ['common', 'server/contract', 'server/expressions'],
    why: 'nodes see the contract, as extensions do',
  },
  { part: 'client', only: ['common'], why: 'pages, canvas and forms know no host; what they need comes through client/port' },
  { part: 'client-v2', only: ['common', 'client'], why: 'the v2 lane is an adapter around src/client' },
  { part: 'client-v1', only: ['common'], why: 'the v1 lane takes shared parts from @nocobase/plugin-workflow/client-v2' },
];

const escaped = (path) => path.replaceAll('/', '\\/');

/** Relative imports that leave `part` for a folder that is not allowed; `depth` is the number of folders below it. */
function layerRules({ part, only, why }) {
  const up = '(\\.\\./)+';
  const top = ['common', 'client', 'client-v1', 'client-v2', 'server', 'swagger', 'locale'];
  const serverFolders = [
    'api', 'collections', 'commands', 'contract', 'definition', 'doctor', 'engine', 'expressions', 'host', 'live', 'migrations', 'nodes', 'processor',
    'repositories', 'runs', 'storage', 'tasks', 'triggers', 'wakeUps', 'plugin', 'index',
  ];
  const allowed = new Set([part, ...only]);
  const isServer = part.startsWith('server/');
  const own = part.split('/').at(-1);
  const refused = isServer
    ? [
        ...serverFolders.filter((name) => name !== own && !allowed.has(`server/${name}`)),
        ...top.filter((name) => name !== 'server' && !allowed.has(name)),
      ]
    : top.filter((name) => name !== own && !allowed.has(name));
  return {
    files: [`src/${part}/**/*.{ts,tsx}`],
    ignores: ['**/__tests__/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: [{ regex: `^${up}(${refused.map(escaped).join('|')})(/|$)`, message: `Layers: ${why}.` }] },
      ],
    },
  };
}

const HOST_FREE = ['koa', '@koa/*', 'sequelize', '@nocobase/*', 'lodash', 'dayjs'];

export default tseslint.config(
  { ignores: ['dist', 'dist-*', 'storage', 'node_modules', 'coverage', '*.js', '*.d.ts'] },
  {
    files: ['**/*.{ts,tsx,mts}'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { 'import-x': importX },
    settings: { 'import-x/resolver-next': [createNodeResolver({ extensions: ['.ts', '.tsx', '.mjs', '.js'] })] },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      // Methods of the host and of its plugins are async by contract, and its objects are called through `this`.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
      // Contexts, configs and results of workflows are data of any shape, and so is most of what the host hands over.
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      'import-x/no-cycle': ['error', { ignoreExternal: true }],
      'max-lines': ['error', 400],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': 'error',
    },
  },
  {
    // The data of workflows in the types that extensions see, declarations of foreign modules, and tests.
    files: ['src/server/contract/**', 'src/client-v2/registry/**', 'src/client*/**/modules.d.ts', '**/__tests__/**'],
    rules: { '@typescript-eslint/no-explicit-any': 'off' },
  },
  ...LAYERS.map(layerRules),
  {
    files: ['src/server/**/*.ts'],
    ignores: ['src/server/plugin.ts', 'src/server/index.ts', '**/__tests__/**', ...LAYERS.map(({ part }) => `src/${part}/**`)],
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: [{ regex: '^(\\.\\./)+(plugin|index)$', message: 'Layers: parts import the contract, never the plugin.' }] },
      ],
    },
  },
  {
    files: ['src/client/**/*.{ts,tsx}'],
    ignores: ['**/__tests__/**'],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        { patterns: [{ group: ['@nocobase/*', '@formily/*'], message: 'Layers: src/client knows no host; use client/port.' }] },
      ],
    },
  },
  {
    files: ['src/common/**/*.ts', 'src/server/engine/**/*.ts'],
    ignores: ['**/__tests__/**'],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        { patterns: [{ group: HOST_FREE, message: 'Layers: this part runs without a host.' }] },
      ],
    },
  },
  {
    // Comparisons of conditions are as loose as JavaScript's `==`, by contract.
    files: ['src/server/expressions/calculators.ts'],
    rules: { eqeqeq: 'off' },
  },
  {
    // What a test prints is its own affair.
    files: ['**/__tests__/**/*.ts'],
    rules: { 'no-console': 'off', '@typescript-eslint/no-base-to-string': 'off' },
  },
  { files: ['**/*.mjs', '**/*.cjs'], rules: { eqeqeq: ['error', 'always', { null: 'ignore' }], 'max-lines': ['error', 400] } },
);

import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  findProjectRoot,
  openProjectFile,
  readProject,
  satisfiesVersion,
} from '../../../../src/1-parse/settings/index.ts';
import { Problem, type TemplateFunction, type YamlEnvironment } from '../../../../src/core/index.ts';
import { readShelf } from '../../../../src/shelves.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

const functions = await readShelf<TemplateFunction>('functions');
function environment(more: Partial<YamlEnvironment> = {}): YamlEnvironment {
  return {
    projectRoot: '/',
    vars: { day: '2024-01-01' },
    env: (name) => (name === 'SCHEMA' ? 'from_env' : undefined),
    flags: {
      which: 'run',
      fullRefresh: false,
      failFast: false,
      storeFailures: false,
      empty: false,
      warnError: false,
      others: {},
    },
    invocationId: 'x',
    startedAt: new Date(0),
    version: '0',
    ...more,
  };
}

function read(files: Readonly<Record<string, string>>, more: { versionCheck?: boolean } = {}) {
  const root = temporaryFolder(files);
  const result = readProject({ file: openProjectFile(root), environment: environment(), functions, ...more });
  return {
    ...result,
    told: result.diagnostics.map(({ code, severity, message, hint, span }) => {
      const text = span && files[span.file];
      return { code, severity, message, hint, marked: span && text?.slice(span.start, span.end) };
    }),
  };
}

test('targets are left to who chooses one: what another needs of the environment need not be there', () => {
  const targets =
    'targets:\n  default: dev\n  dev: {type: a}\n  prod: {type: a, password: "{{ env_var(\'DBT_ENV_SECRET_X\') }}"}\n';
  const { told, settings } = read({ 'project.yml': `name: shop\n${targets}` });
  expect(told).toEqual([]);
  expect(settings?.name).toBe('shop');
});

describe('the project file', () => {
  test("fills in dbt's defaults", () => {
    const { settings, told } = read({ 'dbt_project.yml': 'name: shop\n' });
    expect(told).toEqual([]);
    expect(settings).toMatchObject({
      name: 'shop',
      version: null,
      profile: null,
      modelPaths: ['models'],
      seedPaths: ['seeds'],
      testPaths: ['tests'],
      macroPaths: ['macros'],
      analysisPaths: ['analyses'],
      snapshotPaths: ['snapshots'],
      docsPaths: ['models', 'seeds', 'snapshots', 'analyses', 'macros', 'tests', 'functions'],
      assetPaths: [],
      targetPath: 'target',
      cleanTargets: ['target'],
      packagesInstallPath: 'dbt_packages',
      onRunStart: [],
      pathPrefix: '',
    });
  });

  test('renders settings, and leaves hooks, vars and comments as they are', () => {
    const { settings, told } = read({
      'project.yml': `name: shop
version: 1.2
vars: {a: "{{ var('nothing') }}"}
on-run-start: "{{ log('x') }}"
on-run-end: ["{{ a() }}", b]
query-comment: "{{ c }}"
models:
  shop:
    +schema: "{{ env_var('SCHEMA') }}"
    +enabled: "{{ var('day') == '2024-01-01' }}"
    +post-hook: "{{ grant() }}"
    nested:
      +pre_hook: ["{{ x() }}"]
`,
    });
    expect(told).toEqual([]);
    expect(settings).toMatchObject({
      version: '1.2',
      vars: { a: "{{ var('nothing') }}" },
      onRunStart: ["{{ log('x') }}"],
      onRunEnd: ['{{ a() }}', 'b'],
      queryComment: '{{ c }}',
      raw: {
        models: {
          shop: {
            '+schema': 'from_env',
            '+enabled': true,
            '+post-hook': '{{ grant() }}',
            nested: { '+pre_hook': ['{{ x() }}'] },
          },
        },
      },
      unrendered: { models: { shop: { '+schema': "{{ env_var('SCHEMA') }}" } } },
    });
  });

  test('the old name of data_tests is understood', () => {
    const { settings } = read({ 'dbt_project.yml': 'name: shop\ntests: {+severity: warn}\n' });
    expect(settings?.raw.data_tests).toEqual({ '+severity': 'warn' });
  });

  test('reads layers and dispatch', () => {
    const { settings } = read({
      'project.yml':
        'name: shop\nlayers: {bronze: {reads: [source]}, silver:}\ndispatch: [{macro_namespace: dbt, search_order: [shop, dbt]}]\n',
    });
    expect([...(settings?.layers ?? [])]).toEqual([
      ['bronze', { reads: ['source'] }],
      ['silver', { reads: [] }],
    ]);
    expect(settings?.dispatch).toEqual([{ macroNamespace: 'dbt', searchOrder: ['shop', 'dbt'] }]);
  });

  test.each<[string, string, { code: string; message?: string; hint?: string; marked?: string }]>([
    [
      'unknown key',
      'name: shop\nmodell-paths: [x]\n',
      { code: 'parse/unknown-key', hint: "Did you mean 'model-paths'?", marked: 'modell-paths' },
    ],
    [
      'unknown key of quoting',
      'name: shop\nquoting: {identifer: true, snowflake_ignore_case: true}\n',
      { code: 'parse/unknown-key', hint: "Did you mean 'identifier'?", marked: 'identifer' },
    ],
    ['wrong type', 'name: shop\nmodel-paths: models\n', { code: 'parse/wrong-type', marked: 'models' }],
    ['no name', 'profile: x\n', { code: 'parse/missing-key', message: "The key 'name' is missing" }],
    [
      'name with a hyphen',
      'name: my-shop\n',
      { code: 'parse/wrong-value', hint: 'For example: my_shop', marked: 'my-shop' },
    ],
    ['name of dbt', 'name: target\n', { code: 'parse/wrong-value', marked: 'target' }],
    [
      'missing env var',
      `name: shop\nmodels: {+schema: "{{ env_var('NOPE') }}"}\n`,
      { code: 'parse/template-error', message: "Env var required but not provided: 'NOPE'", marked: "env_var('NOPE')" },
    ],
    [
      'missing var',
      `name: shop\nmodels: {+schema: "{{ var('dya') }}"}\n`,
      { code: 'parse/template-error', marked: "var('dya')" },
    ],
    [
      'wrong version',
      "name: shop\nrequire-dbt-version: ['>=2.0.0', '<3.0.0']\n",
      { code: 'parse/dbt-version', marked: "['>=2.0.0', '<3.0.0']" },
    ],
    ['a version that is none', 'name: shop\nversion: first\n', { code: 'parse/wrong-value', marked: 'first' }],
    [
      'nonsense for a version',
      'name: shop\nrequire-dbt-version: newest\n',
      { code: 'parse/wrong-value', marked: 'newest' },
    ],
    [
      'no text for a version',
      "name: shop\nrequire-dbt-version: ['>=1.0.0', 2]\n",
      { code: 'parse/wrong-type', marked: '2' },
    ],
    [
      'both names of a key',
      'name: shop\nsource-paths: [a]\nmodel-paths: [b]\n',
      { code: 'parse/old-key', marked: 'source-paths' },
    ],
    ['broken YAML', 'name: shop\n\tx: 1\n', { code: 'parse/yaml-syntax', marked: '\t' }],
    ['a list', '- a\n', { code: 'parse/wrong-type' }],
  ])('%s is an error at its place', (_, text, wanted) => {
    const { settings, told } = read({ 'dbt_project.yml': text });
    expect(settings).toBeUndefined();
    expect(told.filter(({ severity }) => severity === 'error')).toMatchObject([wanted]);
  });

  test('an old name alone is a warning, and works', () => {
    const { settings, told } = read({
      'dbt_project.yml': 'name: shop\nsource-paths: [a]\ntarget-path: out\nlog-path: logs\n',
    });
    expect(settings).toMatchObject({ modelPaths: ['a'], targetPath: 'out' });
    expect(told).toMatchObject([
      { code: 'parse/old-key', severity: 'warning', marked: 'source-paths' },
      { code: 'parse/old-key', severity: 'warning', marked: 'target-path' },
    ]);
  });

  test('project.yml wins over dbt_project.yml, with a warning', () => {
    const { settings, told } = read({ 'project.yml': 'name: native\n', 'dbt_project.yml': 'name: other\n' });
    expect(settings?.name).toBe('native');
    expect(told).toMatchObject([{ code: 'parse/two-project-files', severity: 'warning' }]);
  });

  test('--no-version-check lets any version pass', () => {
    const { settings } = read(
      { 'dbt_project.yml': "name: shop\nrequire-dbt-version: '>=9'\n" },
      { versionCheck: false },
    );
    expect(settings?.name).toBe('shop');
  });
});

describe('packages', () => {
  test('are read with their own settings', () => {
    const { packages, told } = read({
      'dbt_project.yml': 'name: shop\npackages-install-path: deps\n',
      'deps/tools/dbt_project.yml': 'name: tools\nmodel-paths: [m]\nmodels: {+schema: "{{ env_var(\'SCHEMA\') }}"}\n',
      'deps/__ignored/x.txt': '',
    });
    expect(told).toEqual([]);
    expect([...packages.keys()]).toEqual(['shop', 'tools']);
    expect(packages.get('tools')).toMatchObject({
      modelPaths: ['m'],
      pathPrefix: 'deps/tools/',
      file: 'deps/tools/dbt_project.yml',
      raw: { models: { '+schema': 'from_env' } },
    });
  });

  test('that are listed and not installed are an error that says what to run', () => {
    const { told } = read({
      'dbt_project.yml': 'name: shop\n',
      'packages.yml':
        'packages:\n  - package: dbt-labs/dbt_utils\n    version: 1.0.0\n  - git: https://x/y/tools.git\n',
      'dbt_packages/tools/dbt_project.yml': 'name: tools\n',
    });
    expect(told).toMatchObject([
      {
        code: 'parse/packages-missing',
        message: expect.stringContaining('dbt-labs/dbt_utils'),
        hint: 'Run: ingot deps',
      },
    ]);
    expect(told[0]?.message).not.toContain('tools.git');
  });

  test('of the same name, and folders without a project, are errors', () => {
    const { told } = read({
      'dbt_project.yml': 'name: shop\n',
      'dbt_packages/a/dbt_project.yml': 'name: shop\n',
      'dbt_packages/b/readme.md': '',
    });
    expect(told.map(({ code }) => code)).toEqual(['parse/duplicate-package', 'parse/no-project']);
  });

  test('that want another dbt are an error in their own file', () => {
    const { diagnostics } = read({
      'dbt_project.yml': 'name: shop\n',
      'dbt_packages/a/dbt_project.yml': 'name: a\nrequire-dbt-version: ">=2.0.0"\n',
    });
    expect(diagnostics).toMatchObject([
      { code: 'parse/dbt-version', span: { file: 'dbt_packages/a/dbt_project.yml' } },
    ]);
  });
});

describe('catalogs.yml', () => {
  const base = { 'dbt_project.yml': 'name: shop\n' };
  const written = (text: string) => read({ ...base, 'catalogs.yml': text });
  test('gives the active write integration of each catalog', () => {
    const { settings, told } = written(
      'catalogs: [{name: Lake, active_write_integration: b, write_integrations: [{name: a, catalog_type: built_in}, {name: b, catalog_type: iceberg_rest, adapter_properties: {x: 1}}]}]\n',
    );
    expect(told).toEqual([]);
    expect(settings?.catalogs?.get('LAKE')).toMatchObject({ name: 'Lake', type: 'iceberg_rest', properties: { x: 1 } });
  });
  test.each([
    ['catalogs: [{name: a}]\n', 'parse/missing-key'],
    ['catalogs: [{name: a, write_integrations: []}]\n', 'parse/write-integration'],
    [
      'catalogs: [{name: a, active_write_integration: c, write_integrations: [{name: b, catalog_type: x}]}]\n',
      'parse/write-integration',
    ],
    [
      'catalogs: [{name: a, write_integrations: [{name: b, catalog_type: x}, {name: b, catalog_type: x}]}]\n',
      'parse/duplicate-name',
    ],
  ])('%j is refused', (text, code) => {
    expect(written(text).told.map((problem) => problem.code)).toEqual([code]);
  });
});

describe('selectors.yml', () => {
  const base = { 'dbt_project.yml': 'name: shop\n' };
  test('is read with descriptions and defaults', () => {
    const { selectors, told } = read({
      ...base,
      'selectors.yml':
        "selectors:\n  - name: nightly\n    description: >\n      all\n    default: \"{{ var('day') == '2024-01-01' }}\"\n    definition: {union: [tag:a, {method: path, value: x}]}\n  - name: b\n    definition: 'tag:c'\n",
    });
    expect(told).toEqual([]);
    expect([...selectors.values()]).toEqual([
      {
        name: 'nightly',
        description: 'all',
        default: true,
        definition: { union: ['tag:a', { method: 'path', value: 'x' }] },
        at: ['selectors', 0],
      },
      expect.objectContaining({ name: 'b', description: null, default: undefined, definition: 'tag:c' }),
    ]);
  });
  test.each([
    ['selectors:\n  - name: a\n', 'parse/missing-key'],
    ['selectors:\n  - name: a\n    definition: [x]\n', 'parse/wrong-type'],
    ['selectors:\n  - name: a\n    definition: x\n  - name: a\n    definition: y\n', 'parse/duplicate-name'],
    [
      'selectors:\n  - {name: a, definition: x, default: true}\n  - {name: b, definition: x, default: true}\n',
      'parse/two-defaults',
    ],
  ])('%j is refused', (text, code) => {
    expect(read({ ...base, 'selectors.yml': text }).told.map((problem) => problem.code)).toEqual([code]);
  });
});

describe('the project folder', () => {
  test('is the nearest above that has a project file', () => {
    const root = temporaryFolder({ 'dbt_project.yml': 'name: a\n', 'models/x/y.sql': '' });
    expect(findProjectRoot({ workingFolder: join(root, 'models/x') })).toBe(root);
    expect(findProjectRoot({ workingFolder: '/', projectDir: root })).toBe(root);
  });
  test('that is not there is an error', () => {
    const root = temporaryFolder({ 'x.txt': '' });
    expect(() => findProjectRoot({ workingFolder: root })).toThrow(Problem);
    expect(() => findProjectRoot({ workingFolder: '/', projectDir: join(root, 'x') })).toThrow(
      'There is no project in',
    );
  });
});

test.each<[string | string[], boolean | undefined]>([
  ['>=1.6.0', true],
  ['>=1.6.0,<1.11.0', false],
  [['>=1.6.0', '<2.0.0'], true],
  ['1.11.16', true],
  ['=1.11.15', false],
  ['>1.11', true],
  ['!=1.11.16', false],
  ['>=1.11.0-rc1', true],
  ['x', undefined],
])('dbt 1.11.16 against %j: %s', (requirement, result) => {
  expect(satisfiesVersion(requirement)).toBe(result);
});

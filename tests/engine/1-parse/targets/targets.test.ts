import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openProjectFile } from '../../../../src/1-parse/settings/index.ts';
import { type ReadTargetRequest, readTarget } from '../../../../src/1-parse/targets/index.ts';
import {
  type Adapter,
  type JsonObject,
  standardStatements,
  type TemplateFunction,
} from '../../../../src/core/index.ts';
import { readShelf } from '../../../../src/shelves.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

const functions = await readShelf<TemplateFunction>('functions');

const adapter: Adapter = {
  type: 'testdb',
  dialect: 'testdb',
  capabilities: {} as Adapter['capabilities'],
  statements: standardStatements(),
  resolveTarget: (output) => ({
    database: 'db',
    schema: String(output.schema ?? 'main'),
    visible: {},
    output: output as JsonObject,
    diagnostics: [],
  }),
  connect: () => Promise.reject(new Error('not here')),
};

const env: Readonly<Record<string, string>> = { USER: 'me', DBT_ENV_SECRET_PASS: 'geheim', TARGET: 'prod' };

interface Given extends Partial<ReadTargetRequest> {
  readonly project?: never;
  readonly projectFile?: string;
  readonly profiles?: string;
}

async function read({ projectFile = 'name: shop\nprofile: shop\n', profiles, ...more }: Given) {
  const root = temporaryFolder({ 'dbt_project.yml': projectFile });
  mkdirSync(join(root, 'empty'));
  if (profiles !== undefined) writeFileSync(join(root, 'profiles.yml'), profiles);
  const result = await readTarget({
    project: openProjectFile(root),
    environment: {
      projectRoot: root,
      vars: { schema: 'from_vars' },
      env: (name) => env[name],
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
    },
    functions,
    profileFolders: [join(root, 'empty'), root],
    findAdapter: async (type) => (type === 'testdb' ? adapter : undefined),
    adapterTypes: ['testdb'],
    ...more,
  });
  const texts: Readonly<Record<string, string | undefined>> = {
    [join(root, 'profiles.yml')]: profiles,
    'dbt_project.yml': projectFile,
  };
  const told = result.diagnostics.map(({ code, message, hint, span }) => {
    const text = span && texts[span.file];
    return { code, message, hint, marked: span && text?.slice(span.start, span.end) };
  });
  return { ...result, told };
}

const profiles = `shop:
  target: dev
  outputs:
    dev:
      type: testdb
      schema: "{{ env_var('USER') }}_{{ var('schema') }}"
      threads: "{{ env_var('THREADS', 8) | as_number }}"
      password: "x{{ env_var('DBT_ENV_SECRET_PASS') }}y"
    prod: {type: testdb, path: "{{ env_var('NOPE') }}"}
    other: {type: tesdb}
    untyped: {path: x}
`;

describe('profiles.yml', () => {
  test('gives the default target, with environment variables and secrets filled in', async () => {
    const { target, told } = await read({ profiles });
    expect(told).toEqual([]);
    expect(target).toMatchObject({
      name: 'dev',
      profileName: 'shop',
      type: 'testdb',
      schema: 'me_from_vars',
      database: 'db',
      threads: 8,
      output: { type: 'testdb', password: 'xgeheimy' },
    });
  });

  test('only the chosen target is rendered', async () => {
    expect((await read({ profiles })).told).toEqual([]);
    expect((await read({ profiles, targetName: 'prod' })).told).toMatchObject([
      { code: 'parse/template-error', message: "Env var required but not provided: 'NOPE'", marked: "env_var('NOPE')" },
    ]);
  });

  test('--threads wins over the profile; without either it is 1', async () => {
    expect((await read({ profiles, threads: 3 })).target?.threads).toBe(3);
    expect((await read({ profiles: 'shop: {target: a, outputs: {a: {type: testdb}}}\n' })).target?.threads).toBe(1);
  });

  test('the target may be a template, and is "default" where none is named', async () => {
    const outputs = 'outputs: {prod: {type: testdb}, default: {type: testdb}}';
    expect((await read({ profiles: `shop: {target: "{{ env_var('TARGET') }}", ${outputs}}\n` })).target?.name).toBe(
      'prod',
    );
    expect((await read({ profiles: `shop: {${outputs}}\n` })).target?.name).toBe('default');
  });

  test('--profile wins over the project', async () => {
    const two = 'shop: {outputs: {default: {type: testdb}}}\nother: {outputs: {default: {type: testdb}}}\n';
    expect((await read({ profiles: two, profileName: 'other' })).target?.profileName).toBe('other');
  });

  test('a key of a profile that is nearly a known one is a warning', async () => {
    const { told } = await read({ profiles: 'shop: {taret: x, outputs: {default: {type: testdb}}}\n' });
    expect(told).toMatchObject([{ code: 'parse/unknown-key', hint: "Did you mean 'target'?", marked: 'taret' }]);
  });

  test.each<[string, Given, { code: string; message?: string; hint?: string; marked?: string }]>([
    ['no file', {}, { code: 'parse/no-profile', marked: 'shop' }],
    [
      'unknown profile',
      { profiles, projectFile: 'name: a\nprofile: shp\n' },
      { code: 'parse/no-profile', hint: "Did you mean 'shop'?", marked: 'shp' },
    ],
    ['no profile named', { profiles, projectFile: 'name: a\n' }, { code: 'parse/no-profile' }],
    [
      'unknown target',
      { profiles, targetName: 'prd' },
      {
        code: 'parse/unknown-target',
        message: "The profile 'shop' has no target named 'prd'; its targets: dev, prod, other, untyped",
        hint: "Did you mean 'prod'?",
      },
    ],
    [
      'unknown default target',
      { profiles: 'shop: {target: x, outputs: {dev: {type: testdb}}}\n' },
      { code: 'parse/unknown-target', marked: 'x' },
    ],
    [
      'unknown adapter',
      { profiles, targetName: 'other' },
      { code: 'parse/unknown-adapter', hint: "Did you mean 'testdb'?", marked: 'tesdb' },
    ],
    ['no type', { profiles, targetName: 'untyped' }, { code: 'parse/missing-key', marked: 'untyped' }],
    ['no outputs', { profiles: 'shop: {target: dev}\n' }, { code: 'parse/no-profile', marked: 'shop' }],
    [
      'threads that are no number',
      { profiles: 'shop: {outputs: {default: {type: testdb, threads: many}}}\n' },
      { code: 'parse/wrong-value', marked: 'many' },
    ],
    [
      'threads that are a mapping',
      { profiles: 'shop: {outputs: {default: {type: testdb, threads: {a: 1}}}}\n' },
      { code: 'parse/wrong-value', message: "'threads' has to be a whole number above 0, but is a mapping" },
    ],
    [
      'target that is a mapping',
      { profiles: 'shop: {target: {a: 1}, outputs: {dev: {type: testdb}}}\n' },
      { code: 'parse/wrong-type', message: "The target of the profile 'shop' has to be a name, but is a mapping" },
    ],
    ['broken YAML', { profiles: 'shop: {\n' }, { code: 'parse/yaml-syntax' }],
  ])('%s is an error at its place', async (_, given, wanted) => {
    const { target, told } = await read(given);
    expect(target).toBeUndefined();
    expect(told).toMatchObject([wanted]);
  });

  test('a password that looks like a broken template stays as it is', async () => {
    const { target } = await read({ profiles: 'shop: {outputs: {default: {type: testdb, password: "{% x"}}}\n' });
    expect(target?.output.password).toBe('{% x');
  });

  test('no message holds a secret', async () => {
    const { told } = await read({
      profiles: profiles.replace('type: testdb\n', 'type: "{{ env_var(\'DBT_ENV_SECRET_PASS\') }}"\n'),
    });
    expect(JSON.stringify(told)).not.toContain('geheim');
  });
});

describe('targets: in the project file', () => {
  const projectFile =
    'name: shop\ntargets:\n  default: dev\n  dev: {type: testdb, schema: a}\n  prod: {type: testdb, schema: b, threads: 2}\n';
  test('needs no profiles.yml; four threads where nothing is said', async () => {
    expect((await read({ projectFile })).target).toMatchObject({
      name: 'dev',
      profileName: 'shop',
      schema: 'a',
      threads: 4,
    });
    expect((await read({ projectFile, targetName: 'prod' })).target).toMatchObject({
      name: 'prod',
      schema: 'b',
      threads: 2,
    });
  });
  test('one target needs no default', async () => {
    expect((await read({ projectFile: 'name: shop\ntargets: {only: {type: testdb}}\n' })).target?.name).toBe('only');
  });
  test('a target may be called default, and then is the default', async () => {
    const file = 'name: shop\ntargets:\n  default: {type: testdb, schema: a}\n  prod: {type: testdb, schema: b}\n';
    expect((await read({ projectFile: file })).target).toMatchObject({ name: 'default', schema: 'a' });
    expect((await read({ projectFile: file, targetName: 'prod' })).target).toMatchObject({ name: 'prod', schema: 'b' });
  });
  test('an unknown default is marked', async () => {
    const { told } = await read({ projectFile: projectFile.replace('default: dev', 'default: dve') });
    expect(told).toMatchObject([{ code: 'parse/unknown-target', marked: 'dve', hint: "Did you mean 'dev'?" }]);
  });
});

import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Call } from '../../../src/cli/engine/call.ts';
import type { Engine } from '../../../src/cli/engine/engine.ts';
import type { Loaded } from '../../../src/cli/engine/loaded.ts';
import type { RunOutcome } from '../../../src/cli/engine/run.ts';
import { error, type JsonObject, Problem, StatementError, type Table, warning } from '../../../src/core/index.ts';
import { TemplateError } from '../../../src/jinja/index.ts';
import { environment, exposure, genericTest, graphOf, model, seed, source } from '../6-record/graph.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { emptyOutcome, TestWorld } from './outside.ts';

let folder: string;

beforeEach(() => {
  folder = temporaryFolder();
});

const graph = graphOf(
  source('t'),
  seed('raw'),
  model('stg', ['seed.shop.raw']),
  model('versioned', [], { version: 2, fqn: ['shop', 'gold', 'versioned', 'v2'] }),
  genericTest('unique_stg_id', 'model.shop.stg'),
  exposure('dash', ['model.shop.stg']),
);

/** With a project in the test's folder. */
let loaded: Loaded;

beforeEach(() => {
  const project = { ...graph.project, root: folder };
  loaded = { graph: { ...graph, project }, environment, shelves: {}, diagnostics: [] } as unknown as Loaded;
});

/** An engine that keeps the calls it gets. */
function keeping(
  outcome: Partial<RunOutcome> = {},
  engine: Partial<Engine> = {},
): { engine: Partial<Engine>; calls: Call[] } {
  const calls: Call[] = [];
  return {
    calls,
    engine: {
      async runCommand(call, host) {
        calls.push(call);
        host.onProject?.(loaded);
        return { ...emptyOutcome, ...outcome };
      },
      ...engine,
    },
  };
}

describe('a run', () => {
  test('gets the flags with their meaning', async () => {
    writeFileSync(join(folder, 'dbt_project.yml'), '');
    mkdirSync(join(folder, 'models', 'gold'), { recursive: true });
    const { engine, calls } = keeping();
    const world = new TestWorld(join(folder, 'models', 'gold'), engine, { DBT_FAIL_FAST: '1' });
    const argv = ['build', '-s', 'a', '+b', '--vars', 'x: 1', '--profiles-dir', '..', '--target-path', 'out', '-f'];
    expect(await world.run(...argv)).toBe(0);
    expect(calls[0]).toMatchObject({
      command: 'build',
      projectDir: folder,
      profilesDir: join(folder, 'models'),
      targetPath: 'out',
      select: ['a', '+b'],
      vars: { x: 1 },
      fullRefresh: true,
      failFast: true,
      resourceTypes: undefined,
      threads: undefined,
      indirectSelection: 'eager',
    });
    expect(calls[0]?.args).toMatchObject({
      which: 'build',
      select: ['a', '+b'],
      invocation_command: `ingot ${argv.join(' ')}`,
      project_dir: folder,
    });
    expect([...(calls[0]?.given ?? [])]).toContain('fail_fast');
  });

  test('runs one node at a time when told so', async () => {
    const { engine, calls } = keeping();
    await new TestWorld(folder, engine).run('run', '--threads', '8', '--single-threaded');
    expect(calls[0]?.threads).toBe(1);
  });

  test('takes an empty path for none, as dbt does: a variable of a script may not be set', async () => {
    writeFileSync(join(folder, 'dbt_project.yml'), '');
    mkdirSync(join(folder, 'models'));
    const { engine, calls } = keeping();
    const world = new TestWorld(join(folder, 'models'), engine);
    const paths = ['--project-dir', '--profiles-dir', '--target-path', '--state-file', '--log-path', '--state'];
    expect(await world.run('build', ...paths.flatMap((name) => [name, '']))).toBe(0);
    const none = { profilesDir: undefined, targetPath: undefined, stateFile: undefined, state: undefined };
    expect(calls[0]).toMatchObject({ projectDir: folder, ...none });
    expect(readdirSync(join(folder, 'models'))).toEqual([]);
  });

  test.each([
    [['run', '--threads', '0'], '--threads has to be more than 0, and not 0'],
    [['docs'], "'docs' needs a second word"],
    [['run', 'orders'], "'ingot run' takes no argument 'orders'\nNodes go behind --select"],
    [['clean', 'orders'], "'ingot clean' takes no argument 'orders'\nTry"],
    [['backfill', 'cancel', ''], "'backfill cancel' needs an id"],
    [['quarantine', 'release', '--run', ''], "Option '--run' needs a value"],
  ] as const)('is refused where it was called wrongly: %j', async (argv, message) => {
    const world = new TestWorld(folder, keeping().engine);
    expect(await world.run(...argv)).toBe(2);
    expect(world.stdout.text + world.stderr.text).toContain(message);
  });

  test.each([0, 1, 2] as const)(
    'ends with the exit code %i of its outcome and tells its problems',
    async (exitCode) => {
      const span = { file: 'models/a.sql', start: 7, end: 8 };
      mkdirSync(join(folder, 'models'));
      writeFileSync(join(folder, 'models', 'a.sql'), 'select ! from x');
      const diagnostics = [
        error('parse/template', 'Unexpected !', { span }),
        warning('parse/unused', 'Nothing uses it'),
      ];
      const world = new TestWorld(folder, keeping({ exitCode, diagnostics }).engine);
      expect(await world.run('run')).toBe(exitCode);
      expect(world.stdout.text).toContain('error[parse/template]: Unexpected !');
      expect(world.stdout.text).toContain('models/a.sql:1:8');
      expect(world.stdout.text).toContain('1 | select ! from x');
      expect(world.stdout.text).toContain('warning[parse/unused]: Nothing uses it');
    },
  );

  test('that throws a problem ends with 2 and its text', async () => {
    const runCommand = async (): Promise<never> => {
      throw new Problem(error('targets/locked', 'The file is in use by process 42', { hint: 'Wait for it' }));
    };
    const world = new TestWorld(folder, { runCommand });
    expect(await world.run('run')).toBe(2);
    expect(world.stdout.text).toContain('error[targets/locked]: The file is in use by process 42');
    expect(world.stdout.text).toContain('hint: Wait for it');
  });

  test.each([
    [
      new StatementError('Catalog Error: no', { sql: 'select 1' }),
      'error[execute/statement-failed]: Catalog Error: no',
    ],
    [new TemplateError('Unexpected !'), 'error[compile/template-error]: Unexpected !'],
  ])(
    'whose warehouse or template refuses something outside of a run ends with 2 and its text',
    async (failure, text) => {
      const world = new TestWorld(folder, { runCommand: () => Promise.reject(failure) });
      expect(await world.run('run')).toBe(2);
      expect(world.stdout.text).toContain(text);
    },
  );

  test('that throws anything else is a bug of ours: few words, the details in a file', async () => {
    const runCommand = async (): Promise<never> => {
      throw new TypeError('x is not a function');
    };
    const world = new TestWorld(folder, { runCommand });
    expect(await world.run('run')).toBe(2);
    expect(world.stdout.text).toContain('This is a bug in Ingot: x is not a function');
    expect(world.stdout.text).not.toContain('    at ');
    const file = /details are in (\S+);/.exec(world.stdout.text)?.[1] ?? '';
    expect(readFileSync(file, 'utf8')).toMatch(/ingot run[\s\S]*TypeError: x is not a function\n\s+at /);
    rmSync(file);
    const debugging = new TestWorld(folder, { runCommand });
    await debugging.run('run', '--debug');
    expect(debugging.stdout.text).toContain('    at ');
  });

  test('writes a log into the project and nowhere else', async () => {
    const { engine } = keeping({ diagnostics: [warning('a/b', 'Look')] });
    await new TestWorld(folder, engine).run('run');
    expect(readdirSync(folder)).toEqual([]);
    await new TestWorld(folder, engine).run('run', '--log-path', 'here');
    expect(readFileSync(join(folder, 'here', 'ingot.log'), 'utf8')).toContain('[warn ] warning[a/b]: Look');
    writeFileSync(join(folder, 'project.yml'), '');
    await new TestWorld(folder, engine).run('run', '--quiet');
    expect(readFileSync(join(folder, 'logs', 'ingot.log'), 'utf8')).toContain('[info ] Found 1 seed, 2 models');
    for (const path of [join(folder, 'elsewhere'), "'else where' # quoted"]) {
      writeFileSync(join(folder, 'project.yml'), `name: shop\nlog-path: ${path}\n`);
      await new TestWorld(folder, engine).run('run', '--quiet');
    }
    expect(existsSync(join(folder, 'elsewhere', 'ingot.log'))).toBe(true);
    expect(existsSync(join(folder, 'else where', 'ingot.log'))).toBe(true);
  });

  test('says everything as JSON when asked', async () => {
    const world = new TestWorld(folder, keeping({ diagnostics: [warning('a/b', 'Look')] }).engine);
    await world.run('--log-format', 'json', 'run');
    const lines = world.stdout.text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { info: JsonObject });
    expect(lines.map(({ info }) => info.level)).toEqual(['info', 'info', 'warn']);
  });
});

describe('ls', () => {
  const listing = (ids: readonly string[] = [...graph.nodes.keys()]): Partial<Engine> => ({
    loadProject: async () => loaded,
    selectNodes: async () => ({ ids, diagnostics: [] }) as never,
  });

  async function listed(...argv: string[]): Promise<string> {
    const world = new TestWorld(folder, listing());
    expect(await world.run('ls', ...argv)).toBe(0);
    return world.stdout.text;
  }

  test('prints what --select finds the nodes by, sorted by id', async () => {
    expect(await listed()).toBe(
      `${['exposure:shop.dash', 'shop.stg', 'shop.gold.versioned.v2', 'shop.raw', 'source:shop.src.t', 'shop.unique_stg_id'].join('\n')}\n`,
    );
  });

  test('prints names and paths', async () => {
    expect(await listed('--output', 'name')).toBe('dash\nstg\nversioned.v2\nraw\nsrc.t\nunique_stg_id\n');
    expect(await listed('--output', 'path')).toBe(
      'models/schema.yml\nmodels/stg.sql\nmodels/versioned.sql\nseeds/raw.csv\nmodels/schema.yml\nmodels/schema.yml\n',
    );
  });

  test("prints dbt's keys as JSON, or those that are asked for", async () => {
    const [first = '', second = ''] = (await listed('--output', 'json')).split('\n');
    expect(Object.keys(JSON.parse(first) as object)).toEqual([
      ...['name', 'resource_type', 'package_name', 'original_file_path', 'unique_id', 'tags', 'config', 'depends_on'],
    ]);
    expect(second).toContain('"depends_on": {"macros": [], "nodes": ["seed.shop.raw"]}');
    const chosen = await listed(
      '--output',
      'json',
      '--output-keys',
      'name config.materialized',
      'group',
      'nothing.at.all',
    );
    expect(chosen.split('\n')[1]).toBe('{"name": "stg", "config.materialized": "view", "group": null}');
  });

  test('leaves standard output to the listing', async () => {
    const world = new TestWorld(folder, {
      ...listing(),
      loadProject: async () => ({ ...loaded, diagnostics: [warning('a/b', 'Look')] }),
    });
    await world.run('ls', '--output', 'name');
    expect(world.stdout.text).not.toContain('Look');
    expect(world.stderr.text).toContain('warning[a/b]: Look');
  });

  test('leaves the manifest of the project, unless told not to', async () => {
    await listed('--no-write-json');
    expect(readdirSync(folder)).toEqual([]);
    await listed();
    expect(readdirSync(join(folder, 'target'))).toContain('manifest.json');
  });

  test('lists models only for --models', async () => {
    const calls: Call[] = [];
    const selectNodes: Engine['selectNodes'] = async (_, call) => {
      calls.push(call);
      return { ids: [], diagnostics: [] } as never;
    };
    const world = new TestWorld(folder, { ...listing(), selectNodes });
    expect(await world.run('ls', '-m', 'stg+')).toBe(0);
    expect(calls[0]).toMatchObject({ select: ['stg+'], resourceTypes: ['model'] });
    expect(world.stderr.text).toContain('No nodes selected!');
    expect(await new TestWorld(folder, listing()).run('ls', '-m', 'a', '-s', 'b')).toBe(2);
  });

  test('ends with 2 and no listing for a project with errors', async () => {
    const world = new TestWorld(folder, {
      ...listing(),
      loadProject: async () => ({ ...loaded, diagnostics: [error('graph/unknown-ref', "There is no node 'x'")] }),
    });
    expect(await world.run('ls', '-q')).toBe(2);
    expect(world.stdout.text).toBe('');
    expect(world.stderr.text).toContain("There is no node 'x'");
  });
});

describe('compile', () => {
  const compiled = new Map([
    ['seed.shop.raw', { sql: 'nothing' }],
    ['model.shop.stg', { sql: 'select 1' }],
  ]);

  test('prints the SQL of the nodes that were named', async () => {
    const world = new TestWorld(folder, keeping({ compiled }).engine);
    expect(await world.run('compile', '-s', '+stg')).toBe(0);
    expect(world.stdout.text).toBe("Compiled node 'stg' is:\nselect 1\n");
    const json = new TestWorld(folder, keeping({ compiled }).engine);
    await json.run('compile', '-s', '+stg', '--output', 'json');
    expect(JSON.parse(json.stdout.text)).toEqual({ node: 'stg', compiled: 'select 1' });
  });

  test('prints, as dbt, only what the first of several criteria names', async () => {
    const world = new TestWorld(folder, keeping({ compiled }).engine);
    expect(await world.run('compile', '-s', 'stg', 'raw')).toBe(0);
    expect(world.stdout.text).toBe("Compiled node 'stg' is:\nselect 1\n");
  });

  test("is dbt's event in a log of JSON lines", async () => {
    const world = new TestWorld(folder, keeping({ compiled }).engine);
    expect(await world.run('compile', '-s', 'stg', '--output', 'json', '--log-format', 'json')).toBe(0);
    const last = JSON.parse(world.stdout.text.trim().split('\n').at(-1) ?? '');
    expect(last).toMatchObject({
      info: { name: 'CompiledNode', code: 'Q042', msg: JSON.stringify({ node: 'stg', compiled: 'select 1' }, null, 2) },
      data: { compiled: 'select 1', node_name: 'stg', is_inline: false, unique_id: 'model.shop.stg' },
    });
  });

  test('prints nothing when everything is compiled', async () => {
    const world = new TestWorld(folder, keeping({ compiled }).engine);
    expect(await world.run('compile')).toBe(0);
    expect(world.stdout.text).not.toContain('select 1');
  });

  test('prints SQL that was given', async () => {
    const inline = new Map([['sql_operation.shop.inline_query', { sql: 'select 2' }]]);
    const { engine, calls } = keeping({ compiled: inline, inlineId: 'sql_operation.shop.inline_query' });
    const world = new TestWorld(folder, engine);
    expect(await world.run('compile', '--inline', 'select {{ 1 + 1 }}', '-q')).toBe(0);
    expect(world.stdout.text).toBe('select 2\n');
    expect(calls[0]?.inline).toBe('select {{ 1 + 1 }}');
  });
});

describe('show', () => {
  const table: Table = {
    columns: [
      { name: 'id', type: 'BIGINT' },
      { name: 'name', type: 'VARCHAR' },
      { name: 'sum', type: 'DECIMAL(18,2)' },
    ],
    rows: [
      [1, 'a', '12.50'],
      [20, null, null],
      [9007199254740993n, '日本', '1.00'],
    ],
  };
  const showing: Partial<Engine> = {
    showQuery: async () => ({ exitCode: 0, diagnostics: [], previews: [{ name: 'stg', table }] }),
  };

  test("is dbt's event in a log of JSON lines, with the rows as text", async () => {
    const world = new TestWorld(folder, showing);
    expect(await world.run('show', '-s', 'stg', '--output', 'json', '--log-format', 'json', '-q')).toBe(0);
    const { info, data } = JSON.parse(world.stdout.text.trim().split('\n').at(-1) ?? '');
    expect([info.name, info.code, data.node_name]).toEqual(['ShowNode', 'Q041', 'stg']);
    expect(JSON.parse(data.preview)[0]).toEqual({ id: 1, name: 'a', sum: 12.5 });
  });

  test('prints rows as a table', async () => {
    const world = new TestWorld(folder, showing);
    expect(await world.run('show', '-s', 'stg')).toBe(0);
    expect(world.stdout.text).toBe(
      [
        "Previewing node 'stg':",
        '|               id | name |   sum |',
        '| ---------------- | ---- | ----- |',
        '|                1 | a    | 12.50 |',
        '|               20 |      |       |',
        '| 9007199254740993 | 日本 |  1.00 |',
        '',
        '',
      ].join('\n'),
    );
  });

  test('prints rows as JSON', async () => {
    const world = new TestWorld(folder, showing);
    expect(await world.run('show', '-s', 'stg', '--output', 'json')).toBe(0);
    expect(JSON.parse(world.stdout.text)).toEqual({
      node: 'stg',
      show: [
        { id: 1, name: 'a', sum: 12.5 },
        { id: 20, name: null, sum: null },
        { id: '9007199254740993', name: '日本', sum: 1 },
      ],
    });
  });

  test('has to know what to show', async () => {
    const world = new TestWorld(folder, showing);
    expect(await world.run('show')).toBe(2);
    expect(world.stderr.text).toContain('show needs --select or --inline');
  });
});

function project(change: JsonObject = {}): Partial<Engine> {
  const settings = {
    ...{ cleanTargets: ['target', 'dbt_packages'], modelPaths: ['models'], seedPaths: ['seeds'], macroPaths: [] },
    ...{ testPaths: [], analysisPaths: [], snapshotPaths: [] },
    ...change,
  };
  return {
    openProject: async () => ({ root: folder, settings, targetPath: join(folder, 'target'), diagnostics: [] }) as never,
  };
}

describe('clean', () => {
  test('deletes the folders that the project names', async () => {
    mkdirSync(join(folder, 'target', 'compiled'), { recursive: true });
    mkdirSync(join(folder, '.ingot'));
    expect(await new TestWorld(folder, project()).run('clean')).toBe(0);
    expect(readdirSync(folder)).toEqual(['.ingot']);
  });

  test.each([
    [['target', '../elsewhere'], 'outside the project'],
    [['.'], "the project's own files"],
    [['models'], "the project's own files"],
  ])('refuses %j and deletes nothing', async (cleanTargets, message) => {
    mkdirSync(join(folder, 'target'));
    mkdirSync(join(folder, 'models'));
    const world = new TestWorld(folder, project({ cleanTargets }));
    expect(await world.run('clean')).toBe(2);
    expect(world.stdout.text).toContain(message);
    expect(readdirSync(folder).sort()).toEqual(['models', 'target']);
  });

  test('deletes what is outside the project when told so', async () => {
    const inside = join(folder, 'inside');
    mkdirSync(join(folder, 'outside'));
    mkdirSync(inside);
    const engine: Partial<Engine> = {
      openProject: async () =>
        ({
          ...(await project({ cleanTargets: ['../outside'] }).openProject?.({} as never, {} as never)),
          root: inside,
        }) as never,
    };
    expect(await new TestWorld(folder, engine).run('clean', '--no-clean-project-files-only')).toBe(0);
    expect(readdirSync(folder)).toEqual(['inside']);
  });
});

describe('retry', () => {
  function earlier(args: JsonObject, results: readonly JsonObject[]): void {
    mkdirSync(join(folder, 'target'), { recursive: true });
    const metadata = { dbt_schema_version: 'v6', invocation_started_at: '2025-01-01T00:00:00Z' };
    writeFileSync(join(folder, 'target', 'run_results.json'), JSON.stringify({ metadata, args, results }));
  }

  async function retried(...argv: string[]): Promise<Call | undefined> {
    const { engine, calls } = keeping({}, project());
    expect(await new TestWorld(folder, engine).run('retry', ...argv)).toBe(0);
    return calls[0];
  }

  const results = [
    { unique_id: 'model.shop.a', status: 'success' },
    { unique_id: 'model.shop.b', status: 'error' },
    { unique_id: 'test.shop.c', status: 'fail' },
    { unique_id: 'model.shop.d', status: 'skipped' },
    { unique_id: 'test.shop.e', status: 'warn' },
    { unique_id: 'operation.shop.f', status: 'error' },
  ];

  test('runs what did not end well, with the flags of the earlier command', async () => {
    earlier({ which: 'build', full_refresh: true, select: ['+d'], vars: { x: 1 }, target_path: 'old' }, results);
    expect(await retried()).toMatchObject({
      command: 'build',
      only: ['model.shop.b', 'test.shop.c', 'model.shop.d'],
      fullRefresh: true,
      select: ['+d'],
      vars: { x: 1 },
      targetPath: undefined,
      args: { which: 'build' },
      retryOf: { startedAt: '2025-01-01T00:00:00Z' },
    });
  });

  test('takes new variables and threads, and warnings when they are errors now', async () => {
    earlier({ which: 'test', vars: { x: 1 }, threads: 1 }, results);
    expect(await retried('--vars', 'x: 2', '--threads', '3', '--warn-error')).toMatchObject({
      vars: { x: 2 },
      threads: 3,
      only: expect.arrayContaining(['test.shop.e']),
    });
  });

  test('hands on which batches are there', async () => {
    const batches = { successful: [['2025-01-01', '2025-01-02']], failed: [['2025-01-02', '2025-01-03']] };
    earlier({ which: 'run' }, [{ unique_id: 'model.shop.m', status: 'partial success', batch_results: batches }]);
    const call = await retried();
    expect(call?.only).toEqual(['model.shop.m']);
    expect(call?.retryOf?.batches.get('model.shop.m')).toEqual(batches);
  });

  test('ends with 2 where nothing was run before', async () => {
    const world = new TestWorld(folder, project());
    expect(await world.run('retry')).toBe(2);
    expect(world.stdout.text).toContain('There is no earlier run');
    earlier({ which: 'ls' }, []);
    expect(await new TestWorld(folder, project()).run('retry')).toBe(2);
  });
});

describe('init', () => {
  test('makes a project with its own name in it, and the templates of the project untouched', async () => {
    const world = new TestWorld(folder);
    expect(await world.run('init', 'my_shop')).toBe(0);
    const root = join(folder, 'my_shop');
    expect(readFileSync(join(root, 'project.yml'), 'utf8')).toContain('name: my_shop\n');
    expect(readFileSync(join(root, 'models', 'bronze', 'bronze_orders.sql'), 'utf8')).toBe(
      "select * from {{ ref('raw_orders') }}\n",
    );
    expect(existsSync(join(root, '.gitignore'))).toBe(true);
    expect(world.stdout.text).toContain('cd my_shop');
  });

  test('overwrites nothing', async () => {
    mkdirSync(join(folder, 'used'));
    writeFileSync(join(folder, 'used', 'notes.txt'), 'mine');
    expect(await new TestWorld(folder).run('init', 'used')).toBe(2);
    expect(readdirSync(join(folder, 'used'))).toEqual(['notes.txt']);
    await new TestWorld(folder).run('init', 'shop');
    const world = new TestWorld(folder);
    expect(await world.run('init', 'shop')).toBe(2);
    expect(world.stdout.text).toContain('There is a project in');
  });

  test('writes the workflow of a new project, or of the one that is here', async () => {
    const workflow = (root: string): string => readFileSync(join(root, '.github', 'workflows', 'ingot.yml'), 'utf8');
    expect(await new TestWorld(folder).run('init', 'shop', '--ci', 'github')).toBe(0);
    const root = join(folder, 'shop');
    expect(workflow(root)).toContain('ingot ci');
    const world = new TestWorld(root);
    expect(await world.run('init', '--ci', 'github')).toBe(2);
    expect(world.stdout.text).toContain('is there already');
    rmSync(join(root, '.github'), { recursive: true });
    expect(await world.run('init', '--ci', 'github')).toBe(0);
    expect(workflow(root)).toContain('ingot ci');
  });

  test.each([[[]], [['my-shop']], [['1st']], [['../x']], [['--ci', 'github']]])(
    'refuses %j as a name',
    async (words) => {
      expect(await new TestWorld(folder).run('init', ...words)).toBe(2);
      expect(readdirSync(folder)).toEqual([]);
    },
  );
});

describe('debug', () => {
  const report = {
    profilesFile: '/profiles.yml',
    target: environment.target,
    visible: { path: 'dev.db', threads: 2 },
    project: [],
    profile: [],
    connection: [],
  };

  test('says what it works with and that it works', async () => {
    const world = new TestWorld(folder, { checkConnection: async () => report });
    expect(await world.run('debug')).toBe(0);
    for (const part of [
      'ingot version: ',
      'target: dev of shop',
      '  path: dev.db',
      '[OK connection ok]',
      'All checks passed!',
    ]) {
      expect(world.stdout.text).toContain(part);
    }
  });

  test('ends with 1 and the reason where something does not', async () => {
    const connection = [error('adapter/locked', 'The file is in use by process 42')];
    const world = new TestWorld(folder, { checkConnection: async () => ({ ...report, connection }) });
    expect(await world.run('debug')).toBe(1);
    expect(world.stdout.text).toContain('in use by process 42');
    expect(world.stdout.text).toContain('1 check failed');
    const wrong = [error('parse/unknown-target', 'There is no target prd')];
    const none = { ...report, target: undefined, connection: undefined, profile: wrong };
    const without = new TestWorld(folder, { checkConnection: async () => none });
    expect(await without.run('debug')).toBe(1);
    expect(without.stdout.text).toContain('1 check failed');
  });

  test('prints the folder of profiles', async () => {
    const world = new TestWorld(folder);
    expect(await world.run('debug', '--config-dir')).toBe(0);
    expect(world.stdout.text).toBe('/home/nobody/.dbt\n');
  });
});

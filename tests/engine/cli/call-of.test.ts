import { afterEach, beforeEach, expect, test } from 'vitest';
import { callOf, type Problem, runCommand } from '../../../src/index.ts';
import { ProjectFolder } from '../pipeline/project-folder.ts';

let project: ProjectFolder;

beforeEach(() => {
  project = new ProjectFolder({
    'models/orders.sql': "select {{ var('first') }} as id",
    'models/totals.sql': "select count(*) as n from {{ ref('orders') }}",
  });
});

afterEach(() => project.remove());

test('a program builds what the words of a command line say, and is told what happens', async () => {
  const events: string[] = [];
  const options = { cwd: project.root, env: {}, emit: ({ kind }: { kind: string }) => void events.push(kind) };
  const { call, host } = await callOf(['build', '--select', '+totals', '--vars', 'first: 7'], options);
  const { exitCode, results } = await runCommand(call, host);
  expect(exitCode).toBe(0);
  expect(results.map(({ nodeId, status }) => `${nodeId} ${status}`)).toEqual([
    'model.shop.orders success',
    'model.shop.totals success',
  ]);
  expect(events.at(0)).toBe('run-started');
  expect(events.at(-1)).toBe('run-finished');
  expect(await project.sql('from orders')).toEqual([[7]]);
});

test('flags of the project file count where neither words nor the environment say anything, and only those of dbt', async () => {
  project.write(
    'project.yml',
    `name: shop
targets: {dev: {type: duckdb, path: shop.duckdb, schema: main}}
flags: {indirect_selection: cautious, fail_fast: true, write_json: false, full_refresh: true, log_format: 7}
`,
  );
  const called = async (env: Record<string, string>, ...words: string[]) =>
    (await callOf(['build', ...words], { cwd: project.root, env })).call;
  expect(await called({})).toMatchObject({
    indirectSelection: 'cautious',
    failFast: true,
    writeJson: false,
    fullRefresh: false,
    args: { indirect_selection: 'cautious', fail_fast: true, log_format: 'default' },
  });
  expect(await called({ DBT_INDIRECT_SELECTION: 'empty' }, '--no-fail-fast')).toMatchObject({
    indirectSelection: 'empty',
    failFast: false,
  });
});

test('a selector of a script whose variable is not set is none, as in dbt', async () => {
  const { call } = await callOf(['build', '--selector', ''], { cwd: project.root, env: {} });
  expect(call.selector).toBeUndefined();
});

test('a call of a command that runs no nodes builds nothing', async () => {
  const { call, host } = await callOf(['clean'], { cwd: project.root, env: {} });
  await expect(runCommand(call, host)).rejects.toThrow("'clean' is no command that runs nodes");
  await expect(project.sql('from orders')).rejects.toThrow();
});

test.each([
  [['biuld'], "There is no command 'biuld'"],
  [['build', '--selekt', 'a'], "'--selekt'"],
  [['--version'], 'name no command to run'],
])('words that are no call are a problem: %j', async (words, message) => {
  const failure = await callOf(words, { cwd: project.root, env: {} }).catch((thrown: Problem) => thrown);
  expect('diagnostics' in failure ? failure.diagnostics : failure).toMatchObject([
    { message: expect.stringContaining(message) },
  ]);
});

import { afterEach, expect, it } from 'vitest';
import { createCodeVersions } from '../../../src/3-compile/index.ts';
import type { Loaded } from '../../../src/cli/engine/loaded.ts';
import * as pipeline from '../../../src/pipeline.ts';
import { TestWorld } from '../cli/outside.ts';
import { ProjectFolder } from '../pipeline/project-folder.ts';

let project: ProjectFolder | undefined;

afterEach(() => {
  project?.remove();
  project = undefined;
});

/** The version of the model `m`. */
async function version(
  sql: string,
  { files = {}, flags = [] }: { files?: Readonly<Record<string, string>>; flags?: string[] } = {},
): Promise<string> {
  project = new ProjectFolder({ 'models/m.sql': sql, ...files });
  let loaded: Loaded | undefined;
  const world = new TestWorld(project.root, {
    ...pipeline,
    runCommand: async (call, host) => {
      loaded = await pipeline.loadProject(call, host);
      return { exitCode: 0, diagnostics: [], results: [], compiled: new Map() };
    },
  });
  await world.run('build', ...flags);
  project.remove();
  project = undefined;
  if (!loaded) throw new Error(world.stderr.text);
  return createCodeVersions(loaded)('model.shop.m');
}

const plain = 'select 1 as a, 2 as b';

it.each([
  ['comments and space', 'select 1 as a, -- one\n  /* two */ 2 as b\n', plain],
  [
    'the id and the time of the run',
    "select '{{ invocation_id }}' as run, '{{ run_started_at }}' as at",
    "select '{{ invocation_id }}' as run, '{{ run_started_at }}' as at",
  ],
])('%s do not count', async (_, one, other) => {
  expect(await version(one)).toBe(await version(other));
});

it('an incremental model has one version, whether its table is there, is built anew, or is read empty', async () => {
  const sql =
    "{{ config(materialized='incremental') }} select 1 as a {% if is_incremental() %} where false {% endif %}";
  const versions = [
    await version(sql),
    await version(sql, { flags: ['--full-refresh'] }),
    await version(sql, { flags: ['--empty'] }),
  ];
  expect(new Set(versions).size).toBe(1);
});

it.each([
  ['another expression', plain.replace('2', '3'), {}],
  [
    'a setting that decides what becomes of rows',
    `{{ config(materialized='incremental', unique_key='a') }} ${plain}`,
    {},
  ],
])('%s counts', async (_, sql) => {
  expect(await version(sql)).not.toBe(await version(plain));
});

it('a macro and a variable count by what they make of the SQL', async () => {
  const sql = "select {{ one() }} as a, {{ var('two', 2) }} as b";
  const macro = (text: string) => ({ files: { 'macros/one.sql': `{% macro one() %}${text}{% endmacro %}` } });
  expect(await version(sql, macro('1'))).toBe(await version(plain));
  expect(await version(sql, macro('3'))).not.toBe(await version(plain));
  expect(await version(sql, { ...macro('1'), flags: ['--vars', '{two: 5}'] })).not.toBe(await version(plain));
});

it('code that asks the warehouse counts as it is written, with its macros', async () => {
  const sql = 'select {{ ask() }} as a';
  const ask = (query: string) => ({
    files: { 'macros/ask.sql': `{% macro ask() %}{{ run_query('${query}').columns[0].values()[0] }}{% endmacro %}` },
  });
  expect(await version(sql, ask('select 1'))).toBe(await version(sql, ask('select 1')));
  expect(await version(sql, ask('select 1'))).not.toBe(await version(sql, ask('select 2')));
});

it('partitions have one version, wherever their definition begins and ends', async () => {
  const sql = (start: string, column = 'a') =>
    `{{ config(materialized='incremental', partitions={'time': 'day', 'start': '${start}', 'column': '${column}'}) }} select '{{ partition.key }}' as a`;
  expect(await version(sql('2024-01-01'))).toBe(await version(sql('2020-05-05')));
  expect(await version(sql('2024-01-01'))).not.toBe(await version(sql('2024-01-01', 'b')));
});

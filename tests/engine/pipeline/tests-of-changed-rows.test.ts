import { afterEach, expect, test } from 'vitest';
import { ProjectFolder } from './project-folder.ts';

const notNull = { not_null: { config: { enabled: "{{ var('channel', false) }}" } } };
const five = { accepted_values: { arguments: { values: [5], quote: false } } };
const files = {
  'models/orders.sql': `{{ config(materialized='incremental', incremental_strategy='merge', unique_key='id',
      on_schema_change='append_new_columns', publish='after_tests') }}
    {% if var('adds', false) %}
      {{ config(merge_update_set_expressions={'amount': 'DBT_INTERNAL_DEST.amount + DBT_INTERNAL_SOURCE.amount'}) }}
    {% endif %}
    select id, 5 as amount {{ ", 'web' as channel" if var('channel', false) }}
    from range({{ var('first', 0) }}, {{ var('end', 2) }}) as t(id)`,
  'models/schema.yml': JSON.stringify({
    version: 2,
    models: [
      {
        name: 'orders',
        columns: [
          { name: 'channel', data_tests: [notNull] },
          { name: 'amount', data_tests: [five] },
        ],
      },
    ],
  }),
};
let project: ProjectFolder;
afterEach(() => project.remove());

test.each<[string, object, string]>([
  ['old rows get a column', { channel: true, first: 2, end: 4 }, 'not_null_orders_channel'],
  ['a merge makes rows of old and new values', { adds: true }, 'accepted_values_orders_amount__False__5'],
])('where %s, tests of single rows see what readers would', async (_, vars, name) => {
  project = new ProjectFolder(files);
  const flags = ['--vars', JSON.stringify(vars)];
  expect((await project.run('build')).exit).toBe(0);
  expect((await project.run('build', ...flags)).exit).toBe(1);
  const json = ['--quiet', '--output', 'json', ...flags];
  const held = await project.run('quarantine', 'ls', ...json);
  expect(JSON.parse(held.stdout)).toMatchObject([{ model: 'orders', tests: [name] }]);
  const shown = await project.run('quarantine', 'show', 'orders', '--test', name, ...json);
  expect(JSON.parse(shown.stdout)).not.toEqual([]);
});

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as pipeline from '../../../src/pipeline.ts';
import { TestWorld } from '../cli/outside.ts';
import { ProjectFolder } from '../pipeline/project-folder.ts';

let project: ProjectFolder;
beforeEach(() => {
  project = new ProjectFolder();
});
afterEach(() => project.remove());

describe('what a macro puts into `context`', () => {
  test('is there for the macros that are called after it, by its name too, and not for another model', async () => {
    project.write(
      'macros/keep.sql',
      `{% macro keep(value) %}{% do context.update({'__kept': value}) %}{% endmacro %}
{% macro kept() %}{{ return([context.get('__kept', 'nothing'), __kept | default('no name')]) }}{% endmacro %}`,
    );
    project.write('models/a.sql', "{% do keep('it') %}select '{{ kept() | join(', ') }}' as said");
    project.write('models/b.sql', "select '{{ kept() | join(', ') }}' as said -- after {{ ref('a') }}");
    expect(await project.run('build')).toMatchObject({ exit: 0 });
    expect(await project.sql('select said from a union all select said from b')).toEqual([
      ['it, it'],
      ['nothing, no name'],
    ]);
  });
});

test('the random filter takes its chance where a model is parsed and compiled, and does not make its data old', async () => {
  project.write(
    'models/a.sql',
    `{{ config(materialized='incremental', partitions={'time': 'day', 'column': 'day', 'start': '2024-01-01', 'end': '2024-01-02'}) }}
select date '2024-01-01' as day, {{ range(10) | random }} as n`,
  );
  const run = async (chance: number, ...words: string[]): Promise<string> => {
    const world = new TestWorld(project.root, pipeline, { HOME: '/home/x' });
    expect(await Object.assign(world, { random: () => chance }).run(...words)).toBe(0);
    return world.stdout.text;
  };
  await run(0.9, 'build');
  expect(await project.sql('select n from a')).toEqual([[9]]);
  const { facts } = JSON.parse(await run(0.3, 'why', 'a[2024-01-01]', '--output', 'json'));
  expect(facts).not.toContainEqual(expect.objectContaining({ kind: 'stale' }));
  await run(0.3, 'build', '--full-refresh');
  expect(await project.sql('select n from a')).toEqual([[3]]);
});

test("a block of docs is the project's own before that of a package, as in descriptions", async () => {
  project.write('packages/tools/dbt_project.yml', 'name: tools');
  project.write('packages/tools/models/docs.md', "{% docs said %}the package's{% enddocs %}");
  project.write('packages/tools/models/of_package.sql', 'select \'{{ doc("said") | replace("\'", "") }}\' as said');
  project.write('models/docs.md', "{% docs said %}the project's{% enddocs %}");
  project.write('packages.yml', 'packages: [{local: packages/tools}]');
  expect(await project.run('deps')).toMatchObject({ exit: 0 });
  expect(await project.run('build')).toMatchObject({ exit: 0 });
  expect(await project.sql('select said from of_package')).toEqual([['the projects']]);
});

describe('an ephemeral model', () => {
  test('gives no rows with --empty, whatever it reads', async () => {
    project.write('models/numbers.sql', "{{ config(materialized='ephemeral') }} select 1 as id");
    project.write('models/a.sql', "{{ config(materialized='table') }} select * from {{ ref('numbers') }}");
    expect(await project.run('build', '--empty')).toMatchObject({ exit: 0 });
    expect(await project.sql('select count(*) from a')).toEqual([['0']]);
  });

  test('with an event_time gives a batch the rows of its stretch of time', async () => {
    project.write(
      'models/days.sql',
      "{{ config(materialized='ephemeral', event_time='day') }} select unnest([date '2024-01-01', date '2024-01-02']) as day",
    );
    project.write(
      'models/a.sql',
      `{{ config(materialized='incremental', incremental_strategy='microbatch', event_time='day', batch_size='day', begin='2024-01-01') }}
select max(day) as day, count(*) as n from {{ ref('days') }}`,
    );
    const stretch = ['--event-time-start', '2024-01-01', '--event-time-end', '2024-01-03'];
    expect(await project.run('build', ...stretch)).toMatchObject({ exit: 0 });
    expect(await project.sql('select day::text, n from a order by 1')).toEqual([
      ['2024-01-01', '1'],
      ['2024-01-02', '1'],
    ]);
  });
});

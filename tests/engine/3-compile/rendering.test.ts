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

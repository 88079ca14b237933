import { expect, test } from 'vitest';
import * as pipeline from '../../../src/pipeline.ts';
import { TestWorld } from '../cli/outside.ts';
import { ProjectFolder } from './project-folder.ts';

test('variables DBT_ENV_CUSTOM_ENV_x are there for templates and in artifacts, also where they alone have changed', async () => {
  const project = new ProjectFolder({
    'models/a.sql': "{{ config(alias='a_' ~ dbt_metadata_envs.get('TEAM', 'none')) }} select 1 as x",
    'models/b.sql': "select '{{ dbt_metadata_envs }}' as x",
  });
  for (const team of ['red', 'blue']) {
    const world = new TestWorld(project.root, pipeline, { HOME: '/home/x', DBT_ENV_CUSTOM_ENV_TEAM: team, OTHER: 'x' });
    expect(await world.run('build', '--select', 'a')).toBe(0);
    const { metadata, nodes } = project.json('target/manifest.json');
    expect(nodes['model.shop.a'].alias).toBe(`a_${team}`);
    expect(metadata.env).toMatchObject({ TEAM: team });
    expect(project.json('target/run_results.json').metadata.env).toEqual({ TEAM: team });
  }
  project.remove();
});

import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ProjectFolder } from './project-folder.ts';

let project: ProjectFolder;

beforeEach(() => {
  project = new ProjectFolder({
    'models/a.sql': 'select 1 as id',
    'models/a.yml': `models: [{name: a, columns: [{name: id, data_tests: [
      {relationships: {name: lost, arguments: {to: ref('nowhere'), field: id}}}]}]}]`,
    'tests/single.sql': "select * from {{ ref('a') }} where id <> 1",
    'macros/tests_of.sql': `{% macro tests_of() %}{% for node in graph.nodes.values() if node.resource_type == 'test' %}
      {{ log(node.get('test_metadata', {}).get('name', 'singular'), true) }}{% endfor %}{% endmacro %}`,
  });
});

afterEach(() => project.remove());

test('A test that is left out has its edges in the manifest', async () => {
  await project.run('parse');
  const { parent_map: parents, child_map: children } = project.json('target/manifest.json');
  const lost = Object.keys(parents).find((id) => id.includes('.lost.')) as string;
  expect(parents[lost]).toEqual(['model.shop.a']);
  expect(children['model.shop.a']).toContain(lost);
});

test.each(['parse', 'ls', 'compile'])('What is missing of the artifacts is written again by %s', async (command) => {
  await project.run('parse');
  const written = project.json('target/semantic_manifest.json');
  rmSync(join(project.root, 'target/semantic_manifest.json'));
  await project.run(command);
  expect(project.json('target/semantic_manifest.json')).toEqual(written);
});

test('Singular tests have nothing of what generic tests have, in the graph', async () => {
  const { stdout } = await project.run('run-operation', 'tests_of');
  expect(stdout).toContain('singular');
  expect(stdout).not.toContain('error');
});

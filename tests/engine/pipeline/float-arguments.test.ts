import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ProjectFolder } from './project-folder.ts';

let project: ProjectFolder;

beforeEach(() => {
  project = new ProjectFolder({
    'models/m.sql': 'select 1.0 as a',
    'models/m.yml': `models: [{name: m, columns: [{name: a, data_tests: [
      {accepted_values: {name: shelf, arguments: {values: [1.0, 2], quote: false}}},
      {within: {name: own, arguments: {least: 5.0, bounds: {of: [7.0, 8]}}}}]}]}]`,
    'macros/t.sql': `{% test within(model, column_name, least, bounds) %}
      select '{{ least }} {{ bounds.of }}' as said from {{ model }} where false{% endtest %}`,
  });
});

afterEach(() => project.remove());

describe('Arguments of tests that were written as floats', () => {
  test('reach their macros as floats, parsed anew or taken from the caches', async () => {
    const compiled = async (...flags: string[]): Promise<string[]> => {
      const ran = await project.run('compile', ...flags);
      expect(`${ran.exit} ${ran.stderr}`).toBe('0 ');
      const { nodes } = project.json('target/manifest.json');
      return Object.values<{ name: string; compiled_code: string }>(nodes)
        .filter(({ name }) => name === 'own' || name === 'shelf')
        .map(({ compiled_code: code }) => /'.*' as said|not in \(.*?\)/.exec(code)?.[0] ?? code)
        .sort();
    };
    const expected = ["'5.0 [7.0, 8]' as said", 'not in (1.0, 2)'];
    expect(await compiled('--no-partial-parse')).toEqual(expected);
    expect(await compiled()).toEqual(expected);
    project.write('models/other.sql', 'select 1 as b');
    expect(await compiled()).toEqual(expected);
  });

  test('stand as floats in the manifest, parsed anew or taken from the caches', async () => {
    for (const flags of [['--no-partial-parse'], []]) {
      expect((await project.run('parse', ...flags)).exit).toBe(0);
      const manifest = project.read('target/manifest.json');
      expect(manifest).toContain('"kwargs":{"column_name":"a","values":[1.0,2],"quote":false,');
      expect(manifest).toContain('"least":5.0,"bounds":{"of":[7.0,8]}');
      project.write('models/another.sql', 'select 1 as b');
    }
  });
});

test('Rows and variables of unit tests that were written as floats are floats, parsed anew or taken from the caches', async () => {
  project.write('models/given.sql', "select 'x' as release");
  project.write('models/told.sql', "select release, '{{ var('rate', 2) }}' as rate from {{ ref('given') }}");
  const test = `{name: u, model: told, overrides: {vars: {rate: 3.0}}, given: [{input: ref('given'), rows: [{release: 1.0}]}],
    expect: {rows: [{release: '1.0', rate: '3.0'}]}}`;
  project.write('models/told.yml', `unit_tests: [${test}]`);
  expect((await project.run('run', '--select', 'given')).exit).toBe(0);
  for (const flags of [['--no-partial-parse'], []]) {
    const ran = await project.run('test', '--select', 'told', ...flags);
    expect(ran.stdout).toContain('PASS told::u');
    expect(project.read('target/manifest.json')).toContain('"rows":[{"release":1.0}]');
  }
});

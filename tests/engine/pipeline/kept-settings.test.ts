import { expect, test } from 'vitest';
import { ProjectFolder } from './project-folder.ts';

test('settings are the same to templates in a project that was just read and in one that was kept', async () => {
  const project = new ProjectFolder({
    'models/a.sql':
      "{{ config(meta={'c': {'x': 2.0}}) }}-- {{ config.get('meta') }} {{ model.columns.id.meta }}\nselect 1 as id",
    'models/s.yml': 'models: [{name: a, config: {meta: {m: {f: 8.0}}}, columns: [{name: id, meta: {z: {y: 1.0}}}]}]',
  });
  project.write(
    'project.yml',
    `${project.read('project.yml')}models: {shop: {+meta: {n: {pf: 3.0, pd: 2024-01-01}}}}\n`,
  );
  const compiled = async (): Promise<string> => {
    expect((await project.run('compile')).exit).toBe(0);
    return project.read('target/compiled/shop/models/a.sql');
  };
  expect(await compiled()).toBe(await compiled());
  project.remove();
});

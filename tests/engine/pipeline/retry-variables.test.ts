import { expect, test } from 'vitest';
import { ProjectFolder } from './project-folder.ts';

test('retry takes the variables of the earlier command as they were: floats keep their fraction', async () => {
  const project = new ProjectFolder({ 'models/a.sql': "select {{ var('rate') }} as rate, {{ var('n') }} as n, nope" });
  expect((await project.run('run', '--vars', '{rate: 5.0, n: 5}')).exit).toBe(1);
  expect(project.read('target/run_results.json')).toContain('"vars":{"rate":5.0,"n":5}');
  project.write('models/a.sql', "select {{ var('rate') }} as rate, {{ var('n') }} as n");
  expect((await project.run('retry')).exit).toBe(0);
  expect(project.read('target/compiled/shop/models/a.sql')).toBe('select 5.0 as rate, 5 as n');
  project.remove();
});

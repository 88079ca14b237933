import { truncateSync, writeFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { Project } from './ingot-process.ts';

let project: Project;
afterEach(() => project.remove());

describe('retry', () => {
  it('runs what failed or was skipped, and nothing else', async () => {
    project = new Project({
      'models/customers.sql': 'select 1 as id',
      'models/orders.sql': 'select 1 as id, ammount from (select 10 as amount)',
      'models/revenue.sql': "select * from {{ ref('orders') }}",
      'models/schema.yml': 'models: [{name: customers, columns: [{name: id, data_tests: [unique]}]}]',
    });
    expect((await project.run('build')).exit).toBe(1);
    project.write('models/orders.sql', 'select 1 as id, amount from (select 10 as amount)');
    const retry = await project.run('retry');
    expect(retry.exit, retry.output).toBe(0);
    expect(built()).toEqual(['orders', 'revenue']);
    expect(await project.query('select amount from revenue')).toEqual([[10]]);
  });

  it('says so when there is nothing left to run', async () => {
    project = new Project({ 'models/orders.sql': 'select 1 as id' });
    expect((await project.run('build')).exit).toBe(0);
    const retry = await project.run('retry');
    expect(retry.exit, retry.output).toBe(0);
    expect(retry.output).toContain('Nothing to do: the run before left nothing');
    expect(retry.output).not.toContain('hint');
  });
});

describe('a damaged parse cache', () => {
  const cache = 'target/ingot-parse-cache.bin';
  it.each<[string, (path: string) => void]>([
    ['cut off', (path) => truncateSync(path, 200)],
    ['empty', (path) => writeFileSync(path, '')],
    ['filled with something else', (path) => writeFileSync(path, Buffer.alloc(4096, 0xa5))],
  ])('that is %s is made anew without a word', async (_how, damage) => {
    project = new Project({
      'models/orders.sql': 'select 1 as id',
      'models/revenue.sql': "select * from {{ ref('orders') }}",
    });
    const whole = await project.run('ls');
    expect(whole.exit).toBe(0);
    const size = project.read(cache).length;
    damage(project.path(cache));
    // Of an unchanged project, or one with little change, nobody would look at the cache.
    writeFileSync(project.path('models/third.sql'), 'select 3 as id');
    const after = await project.run('ls');
    expect(after.exit, after.output).toBe(0);
    expect(withoutTimes(after.output)).toBe(
      withoutTimes(`${whole.output}shop.third\n`).replace('2 models', '3 models'),
    );
    expect(project.read(cache).length).toBeGreaterThanOrEqual(size);
  });
});

const withoutTimes = (text: string): string => text.replace(/^\d\d:\d\d:\d\d/gm, '');

function built(): string[] {
  const { results } = JSON.parse(project.read('target/run_results.json')) as { results: { unique_id: string }[] };
  return results.map(({ unique_id: id }) => id.replace(/.*\./, '')).sort();
}

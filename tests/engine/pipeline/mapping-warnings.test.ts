import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ProjectFolder } from './project-folder.ts';

let project: ProjectFolder;

const kept = (column: string) =>
  `{{ config(materialized='incremental', partitions={'time': 'day', 'start': '2024-01-01', 'end': '2024-01-04', 'column': '${column}'}) }}`;
const reading = (condition: string) => `${kept('day')} select day, n from {{ ref('sales') }} where ${condition}`;

const inside = `{{ partition.filter('day') }}`;
const outside = `day between '{{ partition.start }}' and '{{ partition.end }}'`;

beforeAll(() => {
  project = new ProjectFolder({
    'models/sales.sql': `${kept('day')} select cast('{{ partition.start }}' as date) as day, 1 as n`,
    'models/totals.sql': reading(outside),
  });
});

afterAll(() => project.remove());

const warnings = async (...words: string[]): Promise<number> => {
  const { stdout, stderr } = await project.run(...words);
  return `${stdout}${stderr}`.split('[compile/partition-mapping]').length - 1;
};

describe('a model that reads outside its partition mapping', () => {
  test.each([
    ['plan'],
    ['backfill', 'totals', '--partition', '2024-01-02', '--dry-run'],
    ['build'],
    ['run', '--full-refresh'],
    ['backfill', 'totals', '--partition', '2024-01-02'],
    ['lint'],
    ['compile'],
  ])('is told once by %s', async (...words) => {
    expect(await warnings(...words)).toBe(1);
  });

  test('is not told where only its rules are asked for, or nothing of it is built', async () => {
    expect(await warnings('lint', '--rule', 'union-without-all')).toBe(0);
    expect(await warnings('build', '--select', 'sales')).toBe(0);
  });

  test('is told no more once it reads what it should, and again when it does not', async () => {
    project.write('models/totals.sql', reading(inside));
    expect(await warnings('build')).toBe(0);
    expect(await warnings('build', '--full-refresh')).toBe(0);
    project.write('models/totals.sql', reading(outside));
    expect(await warnings('plan', '--full-refresh')).toBe(1);
  });

  test('is told when its parent is kept in another way', async () => {
    project.write('models/totals.sql', reading(inside));
    expect(await warnings('run', '--full-refresh')).toBe(0);
    project.write(
      'models/totals.sql',
      reading(inside).replace(
        "'column': 'day'}",
        "'column': 'day'}, partition_mapping={'sales': {'start': -1, 'end': -1}}",
      ),
    );
    expect(await warnings('run', '--full-refresh')).toBe(1);
  });
});

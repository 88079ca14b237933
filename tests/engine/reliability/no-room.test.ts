import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { buildProgram, Project } from './ingot-process.ts';

beforeAll(buildProgram, 120_000);

let project: Project;
afterEach(() => project.remove());

const target = (path: string): string => `name: shop\ntargets:\n  dev: {type: duckdb, path: ${path}}\n`;

describe('a folder that cannot be written', () => {
  it('for the warehouse: the message names the path, and nothing else is harmed', async () => {
    project = new Project({
      'project.yml': target('occupied/warehouse.duckdb'),
      occupied: 'a file where a folder is wanted',
      'models/orders.sql': 'select 1 as id',
    });
    const run = await project.run('build');
    expect(run.exit).toBe(2);
    expect(run.output).toContain('occupied');
    expectPlainWords(run.output);
    expect(project.read('occupied')).toBe('a file where a folder is wanted');
  });

  it.each(['/proc/warehouse.duckdb', '/proc/nowhere/warehouse.duckdb'])(
    'for the warehouse, not even by root: %s',
    async (path) => {
      project = new Project({ 'project.yml': target(path), 'models/orders.sql': 'select 1 as id' });
      const run = await project.run('build');
      expect(run.exit).toBe(2);
      expect(run.output).toContain(path);
      expectPlainWords(run.output);
    },
  );

  it('for the artifacts: says so, with the warehouse untouched', async () => {
    project = new Project({ target: 'a file', 'models/orders.sql': 'select 1 as id' });
    const run = await project.run('build');
    expect(run.exit).toBe(2);
    expect(run.output).toContain('--target-path');
    expect(project.has('warehouse.duckdb')).toBe(false);
    expectPlainWords(run.output);
  });

  it('for the artifacts, below one that lets no folder be made', async () => {
    project = new Project({ 'models/orders.sql': 'select 1 as id' });
    const run = await project.run('build', '--target-path', '/proc/nowhere/target');
    expect(run.exit).toBe(2);
    expect(run.output).toContain('/proc/nowhere');
    expectPlainWords(run.output);
  });

  it('for the manifest alone: the results of the run are kept', async () => {
    project = new Project({ 'target/manifest.json/taken': '', 'models/orders.sql': 'select 1 as id' });
    const run = await project.run('build');
    expect(run.exit).toBe(2);
    expect(run.output).toContain('error[record/artifact]');
    expect(project.read('target/run_results.json')).toContain('model.shop.orders');
  });

  it('for history and log: the build works and warns that no history is kept', async () => {
    project = new Project({ '.ingot': 'a file', logs: 'a file', 'models/orders.sql': 'select 1 as id' });
    const run = await project.run('build');
    expect(run.exit, run.output).toBe(0);
    expect(run.output).toContain('warning[record/store]');
    expectPlainWords(run.output);
    expect(await project.query('select id from orders')).toEqual([[1]]);
  });
});

describe('a disk that is full', () => {
  it('is said in plain words, and the tables of before are there', async () => {
    project = new Project({ 'models/orders.sql': table('select range as id from range(10)') });
    expect((await project.run('build')).exit).toBe(0);
    project.write('models/orders.sql', table('select range as id, md5(range::varchar) as noise from range(400000)'));
    // Blocks of 512 bytes (sh): no file of this process grows beyond 4 MB, of which the table needs twice as much.
    const run = project.startBehind('ulimit -f 8000', 'build');
    expect(await run.ended(), run.output).toBe(1);
    expect(run.output).toMatch(/space|full|too large/i);
    expectPlainWords(run.output);
    expect(await project.query('select count(*)::int, sum(id)::int from orders')).toEqual([[10, 45]]);
    expect((await project.run('build')).exit).toBe(0);
    expect(await project.query('select count(*)::int from orders')).toEqual([[400_000]]);
  });
});

const table = (sql: string): string => `{{ config(materialized='table') }}\n${sql}\n`;

function expectPlainWords(output: string): void {
  expect(output).not.toMatch(/^\S* *at .*:\d+:\d+\)?$/m);
  expect(output).not.toContain('bug in Ingot');
}

import { join } from 'node:path';
import Libsql from 'libsql';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ProjectFolder } from './project-folder.ts';

let project: ProjectFolder;

beforeEach(async () => {
  project = new ProjectFolder({
    'models/days.sql': `{{ config(materialized='incremental', publish='after_tests', partitions={'time': 'day', 'start': '2024-01-01', 'end': '2024-01-03', 'column': 'day'}) }}
select date '2024-01-01' + i::int as day from range(2) r(i) where {{ partition.filter("date '2024-01-01' + i::int") }}`,
    'models/totals.sql': `{{ config(materialized='incremental', partitions={'dynamic': 'customers', 'column': 'customer'}) }}
select customer from (values ('acme')) t(customer) where {{ partition.filter('customer') }}`,
  });
  await project.run('partitions', 'add', 'customers', 'acme');
});
afterEach(() => project.remove());

/** As a disk or another program leaves the store, and as the statement that meets it is refused. */
function breakStore(statement: string): void {
  const store = new Libsql(join(project.root, '.ingot/state.db'));
  store.exec(statement);
  store.close();
}

const refuse = (what: string): string =>
  `create trigger refused before ${what} begin select raise(abort, 'the disk reports an error'); end`;

test('a backfill ends well where the store keeps no note of its end', async () => {
  breakStore(refuse('update on backfills'));
  const { exit, stdout } = await project.run('backfill', 'days', '--from', '2024-01-01');
  expect(exit, stdout).toBe(0);
  expect(await project.sql('select count(*)::int from days')).toEqual([[2]]);
});

test('a backfill that cannot be noted builds what it is to build, and says so', async () => {
  breakStore(refuse('insert on backfills'));
  const { exit, stdout } = await project.run('backfill', 'days', '--from', '2024-01-01');
  expect(exit, stdout).toBe(0);
  expect(stdout).toContain('Backfill that could not be noted: 2 partitions of 1 asset');
  expect(await project.sql('select count(*)::int from days')).toEqual([[2]]);
});

test('a build goes on where what is remembered of earlier runs cannot be read', async () => {
  breakStore('drop view test_results; drop table steps');
  const { exit, stdout } = await project.run('build', '--select', 'days');
  expect(exit, stdout).toBe(0);
  expect(stdout).toContain('warning[record/store]');
  expect(await project.sql('select count(*)::int from days')).toEqual([[2]]);
});

test('keys that cannot be read are said to be unknown', async () => {
  breakStore('drop table partition_keys');
  const { stdout, stderr } = await project.run('partitions', 'totals');
  expect(stdout + stderr).toContain("The keys of 'customers' stand in it, and are not known");
});

test('a key that cannot be added is an error', async () => {
  breakStore(refuse('insert on partition_keys'));
  const { exit, stderr } = await project.run('partitions', 'add', 'customers', 'globex');
  expect(exit).toBe(2);
  expect(stderr).toContain('error[record/store]');
  expect(stderr).toContain('the disk reports an error');
});

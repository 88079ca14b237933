import { afterAll, beforeAll, expect, test } from 'vitest';
import { type OpenLeases, openLeases, openStore, type Store } from '../../../src/6-record/index.ts';
import { ProjectFolder } from './project-folder.ts';

let project: ProjectFolder;
let store: Store;
let leases: OpenLeases;

/** Another run, of this process so that it is known to be alive, is at the second day and at `total`. */
beforeAll(async () => {
  project = new ProjectFolder({
    'models/days.sql': `{{ config(materialized='incremental', partitions={'time': 'day', 'start': '2024-01-01', 'end': '2024-01-04', 'column': 'day'}) }}
select cast('{{ partition.start }}' as date) as day`,
    'models/total.sql': "{{ config(materialized='table') }} select 1 as n",
  });
  await project.run('build', '--partition', '2024-01-01', '2024-01-03');
  const opened = (await openStore(`${project.root}/.ingot/state.db`)).store;
  if (!opened) throw new Error('the build has left no store');
  store = opened;
  leases = openLeases(store, { target: 'shop.dev', holder: 'other-run', since: 0 });
  leases.take('model.shop.days', ['2024-01-02']);
  const {
    pid,
    host,
    process_started_at: startedAt,
  } = store.database.prepare('select * from leases').get() as {
    pid: number;
    host: string;
    process_started_at: number;
  };
  store.database
    .prepare(
      `insert into runs (run_id, command, args, target, version, started_at, outcome, steps_planned, pid, host, process_started_at)
      values ('other-run', 'run', '{}', 'dev', '1', 1, 'running', 1, ?, ?, ?)`,
    )
    .run([pid, host, startedAt]);
  store.database
    .prepare(
      `insert into steps (run_id, position, node_id, resource_type, partition_key, status, started_at, thread, message)
      values ('other-run', 0, 'model.shop.total', 'model', '', 'running', 1, 0, '')`,
    )
    .run([]);
});

afterAll(() => {
  leases.close();
  store.close();
  project.remove();
});

test('a partition that another run is at is running', async () => {
  const { stdout } = await project.run('partitions', 'days', '--output', 'json');
  const [{ status }] = JSON.parse(stdout) as [{ status: Record<string, unknown> }];
  expect(status).toMatchObject({
    running: { count: 1, partitions: '2024-01-02' },
    filled: { count: 2, partitions: '2024-01-01,2024-01-03' },
    missing: { count: 0 },
  });
});

test('why tells who is at it, and that a build takes a node without partitions all the same', async () => {
  expect((await project.run('why', 'days[2024-01-02]')).stdout).toContain(
    'days[2024-01-02] would be left as it is by `ingot build`:\n  - run other-ru is building it',
  );
  const { stdout } = await project.run('why', 'total');
  expect(stdout).toContain('total would be built by `ingot build`');
  expect(stdout).toContain('run other-ru is building it');
});

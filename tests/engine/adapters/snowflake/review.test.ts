import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Review } from '../../../../src/core/index.ts';
import { makeRepository } from '../../git.ts';
import { createProject, type TestProject } from './project.ts';
import { bytesOfStatement } from './server/engine/query-history.ts';
import { startServer, type TestServer } from './server/index.ts';

const orders = (amount: number): string => `{{ config(materialized='table') }}
select 1 as id, 10 as amount union all select 2, ${amount}`;

let server: TestServer;
let project: TestProject;

beforeAll(async () => {
  server = await startServer({ warehouses: ['COMPUTE_WH'] });
  project = createProject({
    server,
    files: {
      '.gitignore': 'target/\nlogs/\n.ingot/\n',
      'models/orders.sql': orders(20),
      'models/grown.sql': `{{ config(materialized='incremental', unique_key='id') }}
select id, amount from {{ ref('orders') }} {% if is_incremental() %} where id > 1 {% endif %}`,
      'models/far.sql': 'select 1 as nothing',
    },
  });
  makeRepository(project.folder);
  expect(await project.run('build', '--quiet')).toMatchObject({ exit: 0 });
  project.write({ 'models/orders.sql': orders(21) });
}, 60_000);
afterAll(async () => {
  project.remove();
  await server.close();
});

async function review(...words: string[]): Promise<Review> {
  const { exit, output } = await project.run('ci', '--base', 'main', '--quiet', '--output', 'json', ...words);
  expect({ exit, output }).toMatchObject({ exit: 0 });
  return JSON.parse(output.slice(output.indexOf('{')));
}

it('a review clones what grows, builds what is affected, compares it, and tells what was read', async () => {
  server.log.clear();
  const found = await review('--pull-request', '12');
  expect(found.results.map(({ name, status }) => `${name} ${status}`).sort()).toEqual([
    'grown success',
    'orders success',
  ]);
  const differences = found.differences.map(({ name, difference }) => [
    name,
    [difference?.added, difference?.removed, difference?.changed].map((rows) => rows?.keys),
  ]);
  expect(differences.sort()).toEqual([
    ['grown', [0, 0, 1]],
    ['orders', [1, 1, 0]],
  ]);
  const sent = server.log.sql();
  expect(sent.filter((sql) => /\bclone\b/i.test(sql))).toHaveLength(1);
  const written = sent.flatMap(
    (sql) => /^(?:insert into|merge into|delete from|drop|create)[^(]*?\b(shop|ci_12)\./i.exec(sql)?.[1] ?? [],
  );
  expect([...new Set(written)]).toEqual(['ci_12']);
  expect(found.cost.bytes).toBeGreaterThan(0);
  expect((found.cost.bytes ?? 0) % bytesOfStatement).toBe(0);
});

it('a review that drops its schema leaves none, and cleaning up drops what others left', async () => {
  await review('--pull-request', '13', '--drop');
  expect((await project.run('ci', 'clean', '--pull-request', '12', '--quiet')).output).toBe(
    'dropped analytics.CI_12\n',
  );
  expect((await project.run('ci', 'clean', '--older-than', '0h', '--quiet')).output).toContain('no schemas of reviews');
});

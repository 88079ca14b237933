import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import * as pipeline from '../../../src/pipeline.ts';
import { TestWorld } from '../cli/outside.ts';
import { ProjectFolder } from './project-folder.ts';

let project: ProjectFolder;

beforeEach(async () => {
  project = new ProjectFolder({
    'macros/rate.sql': "{% macro rate() %}{{ var('rate', 1) }} * {{ env_var('FACTOR', '1') }}{% endmacro %}",
    'models/daily.sql': `{{ config(materialized='incremental',
  partitions={'time': 'day', 'start': '2024-01-01', 'end': '2024-01-03', 'column': 'day'}) }}
select date '2024-01-01' as day, {{ rate() }} as rate where {{ partition.filter("date '2024-01-01'") }}`,
  });
  expect(await ingot({}, 'build')).toContain('ERROR=0');
});
afterEach(() => project.remove());

async function ingot(env: NodeJS.ProcessEnv, ...words: string[]): Promise<string> {
  const world = new TestWorld(project.root, pipeline, { HOME: '/home/x', ...env });
  await world.run(...words);
  return world.stdout.text;
}

/** How many partitions are out of date because of their code. */
async function stale(env: NodeJS.ProcessEnv = {}, ...words: string[]): Promise<number> {
  const [asset] = JSON.parse(await ingot(env, 'partitions', 'daily', '--quiet', '--output', 'json', ...words));
  return asset.status.stale.count;
}

const kept = (): string => join(project.root, 'target/ingot-code-versions.json');

test('versions are kept for the same project, and no other', async () => {
  expect(await stale()).toBe(0);
  expect(await stale()).toBe(0);
  expect(await stale({}, '--vars', '{rate: 2}')).toBe(2);
  expect(await stale()).toBe(0);
  project.write('macros/rate.sql', '{% macro rate() %}3{% endmacro %}');
  expect(await stale()).toBe(2);
  expect(existsSync(kept())).toBe(true);
});

test('what depends on the environment is worked out anew', async () => {
  expect(await stale()).toBe(0);
  expect(await stale({ FACTOR: '2' })).toBe(2);
  expect(await stale()).toBe(0);
});

test('a file that is broken is of no use, and no harm', async () => {
  expect(await stale()).toBe(0);
  writeFileSync(kept(), '{"key":');
  expect(await stale()).toBe(0);
});

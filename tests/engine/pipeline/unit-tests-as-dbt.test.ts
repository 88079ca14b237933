import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import * as pipeline from '../../../src/pipeline.ts';
import { TestWorld } from '../cli/outside.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const project = join(import.meta.dirname, 'fixtures/unit-tests-as-dbt');
const expected = JSON.parse(readFileSync(join(project, 'statuses.json'), 'utf8')) as Record<string, string>;

let folder: string;

beforeEach(() => {
  folder = temporaryFolder();
  cpSync(project, folder, { recursive: true });
});

const run = (...words: string[]): Promise<number> => new TestWorld(folder, pipeline, { HOME: '/home/x' }).run(...words);

function statuses(): Record<string, string> {
  const { results } = JSON.parse(readFileSync(join(folder, 'target/run_results.json'), 'utf8'));
  return Object.fromEntries(
    results.map(({ unique_id: id, status }: { unique_id: string; status: string }) => [
      id.split('.').slice(2).join('.'),
      status,
    ]),
  );
}

test('unit tests end as with dbt', async () => {
  await run('seed');
  await run('run');
  await run('test', '--select', 'test_type:unit');
  expect(statuses()).toEqual(expected);
});

test('unit tests end the same before anything is built', async () => {
  await run('test', '--select', 'test_type:unit');
  expect(statuses()).toEqual(expected);
});

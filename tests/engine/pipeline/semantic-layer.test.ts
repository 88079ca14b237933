import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import * as pipeline from '../../../src/pipeline.ts';
import { TestWorld } from '../cli/outside.ts';
import { temporaryFolder } from '../temporary-folder.ts';

type Json = Readonly<Record<string, unknown>>;

const project = join(import.meta.dirname, 'fixtures/semantic-layer-as-dbt');

let folder: string;

beforeEach(() => {
  folder = temporaryFolder();
  cpSync(project, folder, { recursive: true });
});

const run = (...words: string[]): Promise<number> => new TestWorld(folder, pipeline, { HOME: '/home/x' }).run(...words);
const read = (file: string): Json => JSON.parse(readFileSync(file, 'utf8'), withoutTimes);
const ours = (file: string): Json => read(join(folder, 'target', file));

function withoutTimes(key: string, value: unknown): unknown {
  return key === 'created_at' ? undefined : value;
}

test('semantic_manifest.json is what dbt writes of the same project', async () => {
  expect(await run('parse')).toBe(0);
  expect(ours('semantic_manifest.json')).toEqual(read(join(project, 'semantic-manifest-of-dbt.json')));
});

test('metrics, semantic models and saved queries are in manifest.json as with dbt', async () => {
  expect(await run('parse')).toBe(0);
  const expected = read(join(project, 'manifest-of-dbt.json')) as Record<string, Record<string, Json>>;
  const manifest = ours('manifest.json') as typeof expected;
  for (const [section, entries] of Object.entries(expected)) {
    expect.soft(manifest[section], section).toEqual(entries);
  }
});

test('a project that was parsed before gives the same manifest', async () => {
  expect(await run('parse')).toBe(0);
  const first = ours('semantic_manifest.json');
  const { metrics, semantic_models: models } = ours('manifest.json');
  rmSync(join(folder, 'target/semantic_manifest.json'));
  writeFileSync(join(folder, 'models/one_more.sql'), 'select 1 as id');
  expect(await run('parse')).toBe(0);
  expect(ours('semantic_manifest.json')).toEqual(first);
  expect(ours('manifest.json')).toMatchObject({ metrics, semantic_models: models });
});

test('a metric that changes is modified, and no other', async () => {
  expect(await run('parse', '--target-path', 'state')).toBe(0);
  const file = join(folder, 'models/metrics.yml');
  writeFileSync(file, readFileSync(file, 'utf8').replace('All that was paid', 'All that was ever paid'));
  const world = new TestWorld(folder, pipeline, { HOME: '/home/x' });
  expect(await world.run('ls', '--select', 'state:modified', '--state', 'state', '--quiet')).toBe(0);
  expect(world.stdout.text.trim()).toBe('metric:shop.revenue');
});

test('a name that is none is told once, where it stands', async () => {
  writeFileSync(
    join(folder, 'models/broken.yml'),
    `semantic_models:
  - name: broken
    model: ref('orders')
    defaults: {agg_time_dimension: {a: b}}
    entities: [{name: {a: b}, type: primary}, {name: broken, type: primary}]
    dimensions: [{name: {a: b}, type: categorical}]
`,
  );
  const world = new TestWorld(folder, pipeline, { HOME: '/home/x' });
  expect(await world.run('parse', '--quiet')).toBe(2);
  const said = `${world.stdout.text}${world.stderr.text}`;
  expect(said).not.toContain('[object Object]');
  expect(said.match(/error\[[a-z-]+\/[a-z-]+\]: .*/g)).toEqual([
    "error[parse/wrong-type]: 'agg_time_dimension' of the semantic model 'broken' has to be text",
    "error[parse/wrong-type]: 'name' of an entity of the semantic model 'broken' has to be text",
    "error[parse/wrong-type]: 'name' of a dimension of the semantic model 'broken' has to be text",
  ]);
});

import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ProjectFolder } from './project-folder.ts';

let project: ProjectFolder;

beforeEach(() => {
  project = new ProjectFolder();
  project.write('models/items.sql', "select 1 as id, 'a' as name, date '2024-01-01' as changed");
  snapshotted('unique_key: id, strategy: timestamp, updated_at: changed');
});

afterEach(() => project.remove());

function snapshotted(settings: string): void {
  project.write('snapshots/s.yml', `snapshots:\n  - {name: versions, relation: ref('items'), config: {${settings}}}\n`);
}

async function run(exitCode: number, ...words: string[]): Promise<string> {
  const { exit, stdout, stderr } = await project.run(...words);
  expect(exit, stdout + stderr).toBe(exitCode);
  return stdout;
}

const columns = async (name = 'versions'): Promise<readonly string[]> =>
  (await run(0, 'ls', '--quiet', '--select', name, '--output', 'columns')).trim().split('\n');

describe("a snapshot's columns", () => {
  test("are its query's and those that tell versions apart", async () => {
    expect(await columns()).toEqual([
      'versions.id INTEGER',
      'versions.name VARCHAR',
      'versions.changed DATE',
      'versions.dbt_scd_id VARCHAR',
      'versions.dbt_updated_at DATE',
      'versions.dbt_valid_from DATE',
      'versions.dbt_valid_to DATE',
    ]);
  });

  test('are called as the settings say, and worked out anew when these change', async () => {
    await columns();
    snapshotted(
      'unique_key: id, strategy: check, check_cols: all, hard_deletes: new_record, snapshot_meta_column_names: {dbt_valid_to: until}, dbt_valid_to_current: "timestamp \'9999-12-31\'"',
    );
    expect((await columns()).slice(3)).toEqual([
      'versions.dbt_scd_id VARCHAR',
      'versions.dbt_updated_at TIMESTAMP',
      'versions.dbt_valid_from TIMESTAMP',
      'versions.until',
      'versions.dbt_is_deleted VARCHAR',
    ]);
  });

  test('are known to the models that read it, which may also read columns that it once had', async () => {
    project.write(
      'models/current.sql',
      "select id, dbt_valid_from, price from {{ ref('versions') }} where dbt_valid_to is null",
    );
    expect(await columns('current')).toEqual(['current.id INTEGER', 'current.dbt_valid_from DATE', 'current.price']);
    await run(0, 'compile');
  });

  test('are traced: a version begins when the row was updated', async () => {
    project.write('models/current.sql', "select dbt_valid_from from {{ ref('versions') }}");
    const traced = await run(0, 'lineage', 'current.dbt_valid_from');
    expect(traced).toMatch(/versions\.dbt_valid_from[\s\S]*items\.changed/);
  });

  test('that a run finds in an older table are not taken for mistakes', async () => {
    project.write('models/current.sql', "select id, name || '!' as name from {{ ref('versions') }}");
    await run(0, 'build');
    project.write('models/items.sql', "select 1 as id, date '2024-01-02' as changed");
    await run(0, 'build');
    expect(await run(0, 'show', '--quiet', '--select', 'current')).toContain('a!');
  });

  test('stand in catalog.json, and the snapshot in the manifest as dbt has it', async () => {
    await run(0, 'build');
    await run(0, 'docs', 'generate');
    const read = (file: string) => project.json(`target/${file}`);
    const id = 'snapshot.shop.versions';
    expect(Object.keys(read('catalog.json').nodes[id].columns)).toHaveLength(7);
    expect(read('manifest.json').nodes[id]).toMatchObject({
      resource_type: 'snapshot',
      path: 's.yml/versions.sql',
      original_file_path: 'snapshots/s.yml',
      fqn: ['shop', 'versions'],
      relation_name: '"shop"."main"."versions"',
      raw_code: "select * from {{ ref('items') }}",
      depends_on: { nodes: ['model.shop.items'] },
      config: { materialized: 'snapshot', strategy: 'timestamp', updated_at: 'changed', unique_key: 'id' },
    });
  });
});

describe('a snapshot that was edited', () => {
  const block = (settings: string, sql: string): string =>
    `{% snapshot block %}{{ config(${settings}) }}${sql}{% endsnapshot %}`;
  const settings = "unique_key='id', strategy='check', check_cols='all'";
  const entry = () => project.json('target/manifest.json').nodes['snapshot.shop.block'];

  test.each([
    ['its SQL', block(settings, "select id from {{ ref('items') }}")],
    [
      'its settings',
      block("unique_key='name', strategy='check', check_cols=['id']", "select * from {{ ref('items') }}"),
    ],
    [
      'a second one in its file',
      `${block(settings, "select * from {{ ref('items') }}")}\n\n${block(settings, 'select 1 as id').replace('block', 'other')}`,
    ],
  ])('is read as it is now: %s', async (_, edited) => {
    project.write('snapshots/block.sql', block(settings, "select * from {{ ref('items') }}"));
    await run(0, 'parse');
    await run(0, 'parse');
    project.write('snapshots/block.sql', edited);
    await run(0, 'parse');
    const { created_at: first, ...kept } = entry();
    const found = (await run(0, 'ls', '--quiet', '--resource-type', 'snapshot')).trim().split('\n');
    rmSync(join(project.root, 'target'), { recursive: true });
    await run(0, 'parse');
    const { created_at: second, ...anew } = entry();
    expect([kept, typeof first]).toEqual([anew, typeof second]);
    expect(found).toHaveLength(edited.includes('other') ? 3 : 2);
  });
});

import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ProjectFolder } from './project-folder.ts';

let project: ProjectFolder;

const targets = 'targets:\n  dev: {type: duckdb, path: shop.duckdb, schema: main}\n';

beforeEach(() => {
  project = new ProjectFolder({ 'project.yml': `name: shop\n${targets}` });
});

afterEach(() => project.remove());

interface Column {
  readonly description: string;
  readonly data_type: string | null;
  readonly description_from?: string;
}

interface Entry {
  readonly config: { readonly inferred_columns?: Readonly<Record<string, string | null>> };
  readonly columns: Readonly<Record<string, Column>>;
}

async function run(...words: string[]): Promise<string> {
  const { exit, stdout } = await project.run(...words);
  expect(exit, stdout).toBe(0);
  return stdout;
}

const manifestText = (): string => project.read('target/manifest.json');
const entryOf = (name: string): Entry =>
  (JSON.parse(manifestText()) as { nodes: Record<string, Entry> }).nodes[`model.shop.${name}`] as Entry;

describe("columns of a model's SQL in manifest.json", () => {
  beforeEach(() => {
    project.write('models/a.sql', "select 1 as id, 2.50 as amount, some_udf('x') as x");
    project.write('models/b.sql', "select * exclude (x), amount > 1 as large from {{ ref('a') }}");
    project.write('models/c.sql', "select * from {{ source('raw', 't') }}");
    project.write(
      'models/schema.yml',
      'version: 2\nsources: [{name: raw, tables: [{name: t}]}]\nmodels:\n  - name: a\n    columns: [{name: id}]\n',
    );
  });

  test('stand among the settings in their order, null where a type is not known', async () => {
    await run('compile');
    expect(Object.entries(entryOf('a').config.inferred_columns ?? {})).toEqual([
      ['id', 'INTEGER'],
      ['amount', 'DECIMAL(3,2)'],
      ['x', null],
    ]);
    expect(entryOf('b').config.inferred_columns).toEqual({ id: 'INTEGER', amount: 'DECIMAL(3,2)', large: 'BOOLEAN' });
  });

  test('leave what people wrote as it is', async () => {
    await run('compile');
    expect(entryOf('a').columns).toMatchObject({ id: { data_type: null } });
    expect(Object.keys(entryOf('b').columns)).toEqual([]);
  });

  test('are left out where not all are known, and where nothing was compiled', async () => {
    await run('compile');
    expect(entryOf('c').config).not.toHaveProperty('inferred_columns');
    await run('parse');
    expect(manifestText()).not.toContain('inferred_columns');
  });

  test('change with the SQL of a parent, although the SQL of the model stays', async () => {
    await run('compile');
    project.write('models/a.sql', "select 1::bigint as id, 2.50 as amount, 'x' as x");
    await run('compile');
    expect(entryOf('b').config.inferred_columns).toEqual({ id: 'BIGINT', amount: 'DECIMAL(3,2)', large: 'BOOLEAN' });
  });

  test('are the same when a command takes them from what the last one has kept', async () => {
    await run('compile');
    const first = entryOf('b');
    project.write('models/d.sql', 'select 1 as one');
    await run('compile');
    expect(entryOf('b')).toEqual(first);
  });

  test('are nothing that a model was modified by', async () => {
    await run('compile');
    project.write('before/manifest.json', manifestText());
    expect(await run('ls', '--quiet', '--select', 'state:modified', '--state', 'before')).not.toContain('shop');
  });
});

describe('descriptions of copied columns', () => {
  beforeEach(() => {
    project.write(
      'models/stg.sql',
      "select id, amount, code as country, amount * 2 as twice from {{ source('raw', 't') }}",
    );
    project.write(
      'models/fct.sql',
      "{{ config(persist_docs={'columns': true}) }} select id as order_id, amount, country from {{ ref('stg') }}",
    );
    project.write('models/both.sql', "select id from {{ ref('stg') }} union all select country from {{ ref('stg') }}");
    project.write(
      'models/schema.yml',
      [
        'version: 2',
        'sources:',
        '  - name: raw',
        '    tables:',
        '      - name: t',
        '        columns:',
        '          - {name: id, description: The number on the receipt}',
        '          - {name: amount, description: Net}',
        '          - {name: code, description: "{{ doc(\'country\') }}"}',
        'models:',
        '  - name: fct',
        '    columns: [{name: amount, description: In euro}, {name: COUNTRY, data_type: varchar}]',
        '',
      ].join('\n'),
    );
    project.write('models/docs.md', '{% docs country %}Two letters{% enddocs %}');
  });

  test('are inherited through models, aliases and blocks of docs, where the model has none of its own', async () => {
    await run('docs', 'generate', '--empty-catalog');
    expect(entryOf('fct').columns).toMatchObject({
      order_id: { description: 'The number on the receipt', description_from: 'source.shop.raw.t.id' },
      amount: { description: 'In euro' },
      COUNTRY: { description: 'Two letters', data_type: 'varchar', description_from: 'source.shop.raw.t.code' },
    });
    expect(entryOf('fct').columns.amount).not.toHaveProperty('description_from');
  });

  test('are not those of what is computed, or copied from columns with different ones', async () => {
    await run('docs', 'generate', '--empty-catalog');
    expect(Object.keys(entryOf('stg').columns)).toEqual(['id', 'amount', 'country']);
    expect(Object.keys(entryOf('both').columns)).toEqual([]);
  });

  test('are no part of what other commands write, nor of what they see', async () => {
    await run('docs', 'generate', '--empty-catalog');
    project.write('models/seen.sql', "select '{{ graph.nodes['model.shop.stg'].columns | length }}' as n");
    await run('compile', '--select', 'seen');
    expect(manifestText()).not.toContain('description_from');
    expect(project.read('target/compiled/shop/models/seen.sql')).toBe("select '0' as n");
  });

  test('modify no model whose descriptions are kept in the warehouse', async () => {
    await run('docs', 'generate', '--empty-catalog');
    project.write('before/manifest.json', manifestText());
    const modified = ['ls', '--quiet', '--select', 'state:modified', '--state', 'before'];
    expect(await run(...modified)).not.toContain('shop.fct');
    project.write('models/schema.yml', project.read('models/schema.yml').replace('In euro', 'In dollar'));
    expect(await run(...modified)).toContain('shop.fct');
  });

  test('are left alone where the project says so, and in a project of dbt that says nothing', async () => {
    project.write('project.yml', `name: shop\nflags: {inherit_descriptions: false}\n${targets}`);
    await run('docs', 'generate', '--empty-catalog');
    expect(manifestText()).not.toContain('description_from');
  });

  test('are inherited in a project of dbt that asks for it', async () => {
    rmSync(join(project.root, 'project.yml'));
    project.write(
      'profiles.yml',
      'shop:\n  target: dev\n  outputs:\n    dev: {type: duckdb, path: shop.duckdb, schema: main}\n',
    );
    project.write('dbt_project.yml', 'name: shop\nprofile: shop\n');
    await run('docs', 'generate', '--empty-catalog');
    expect(manifestText()).not.toContain('description_from');
    project.write('dbt_project.yml', 'name: shop\nprofile: shop\nflags: {inherit_descriptions: true}\n');
    await run('docs', 'generate', '--empty-catalog');
    expect(entryOf('stg').columns).toMatchObject({ id: { description_from: 'source.shop.raw.t.id' } });
  });
});

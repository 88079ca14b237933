// What dbt Power User (VS Code) asks of a command-line dbt, and how it reads the answers and the artifacts.
//   node tests/ecosystem/power-user.mjs [--ingot FILE]
// The command lines and what is read of them are those of @altimateai/dbt-integration 0.2.14 (`corecommand` and `cloud`; those of
// `fusion` are the same with --quiet).
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { builtIngot, expect, here } from './python.mjs';

const { values } = parseArgs({ options: { ingot: { type: 'string', default: builtIngot } } });
const ingot = resolve(values.ingot);
const work = mkdtempSync(join(tmpdir(), 'ingot-power-user-'));
const project = join(work, 'shop');
const asJson = ['--output', 'json', '--log-format', 'json'];

/** Of an answer that it reads, it takes what stands on the error stream for a failure. */
function run(args, exitCode = 0) {
  const isRead = args.includes('--log-format') || args.includes('--quiet') || args.includes('--version');
  const { status, stdout, stderr } = spawnSync(process.execPath, [ingot, ...args], { cwd: project, encoding: 'utf8' });
  const said = `${args.join(' ')} ends with ${status}:\n${stdout}${stderr}`;
  expect(status === exitCode, said);
  expect(!isRead || stderr === '', said);
  return stdout;
}

/** Each line is one JSON object; `data` of those that have a member. */
const dataWith = (member, text) =>
  text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line).data)
    .filter((data) => data !== undefined && member in data);

const compiled = (...args) => dataWith('compiled', run(['compile', ...args, ...asJson]))[0].compiled;
const artifact = (name) => JSON.parse(readFileSync(join(project, 'target', name), 'utf8'));

const columnsOf = (relation) =>
  `{% set output = [] %}{% for result in adapter.get_columns_in_relation(${relation}) %} {% do output.append({"column": result.name, "dtype": result.dtype}) %} {% endfor %} {{ tojson(output) }}`;
const catalog = `{% set result = [] %}{% for n in graph.nodes.values() %}{% if n.resource_type == "test" or n.resource_type == "analysis" or n.resource_type == "sql_operation" or n.config.materialized == "ephemeral" %}{% continue %}{% endif %}{% set columns = adapter.get_columns_in_relation(ref(n["name"])) %}{% for column in columns %}{% do result.append({"table_schema": n.schema, "table_name": n.name, "column_name": column.name, "column_type": column.dtype}) %}{% endfor %}{% endfor %}{% for n in graph.sources.values() %}{% set columns = adapter.get_columns_in_relation(source(n["source_name"], n["identifier"])) %}{% for column in columns %}{% do result.append({"table_schema": n.schema, "table_name": n.name, "column_name": column.name, "column_type": column.dtype}) %}{% endfor %}{% endfor %}{{ tojson(result) }}`;

const checks = {
  commands() {
    run(['--version']);
    for (const words of [['deps'], ['debug'], ['build']]) run(words);
    run(['run', '--select', '+customers+']);
    run(['build', '--select', 'customers+']);
    run(['test', '--select', 'unique_customers_customer']);
    run(['compile', '--select', '+customers']);
    run(['docs', 'generate']);
    for (const { msg } of dataWith('msg', run(['parse', '--log-format', 'json']))) expect(typeof msg === 'string', msg);
  },
  'compiled SQL'() {
    expect(compiled('--model', 'customers').includes('"orders"'), 'the SQL of a model is given');
    expect(compiled('--inline', "select * from {{ ref('orders') }}").endsWith('"orders"'), 'that of a query is given');
    expect(run(['compile', '--model', 'customers', '--quiet']).startsWith('select'), 'and alone with --quiet');
    expect(run(['compile', '--inline', 'select 1', '--quiet']).trim() === 'select 1', 'also of a query');
    const refused = run(['compile', '--inline', "select * from {{ ref('none') }}", ...asJson], 2);
    const levels = refused
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).info.level);
    expect(levels.includes('error'), 'what is wrong is told as an error');
  },
  rows() {
    const query = "select customer, spent from {{ ref('customers') }} order by 1";
    const told = run(['show', '--log-level', 'debug', '--inline', query, '--limit', '2', ...asJson]);
    const [{ preview }] = dataWith('preview', told);
    expect(JSON.parse(preview)[0].customer === 'Ada', 'rows are JSON in the event');
    expect(dataWith('sql', told).at(-1).sql.includes('"customers"'), 'and the SQL that gave them is the last');
  },
  columns() {
    const [first] = JSON.parse(compiled('--inline', columnsOf("ref('orders')")));
    expect(first.column === 'order_id' && typeof first.dtype === 'string', 'a model has columns with types');
    const ofSource = JSON.parse(compiled('--inline', columnsOf("source('shop', 'raw_orders')")));
    expect(ofSource.length > 0, 'a source has some');
    const all = JSON.parse(compiled('--inline', catalog));
    expect(new Set(all.map((one) => one.table_name)).size === 3, 'all tables are in one answer');
  },
  artifacts() {
    const {
      nodes,
      sources,
      macros,
      parent_map: parents,
      child_map: children,
      metadata,
      docs,
      exposures,
    } = artifact('manifest.json');
    for (const part of [macros, docs, exposures]) expect(typeof part === 'object', 'the manifest has all its parts');
    for (const [id, node] of Object.entries({ ...nodes, ...sources })) {
      for (const member of ['name', 'original_file_path', 'database', 'schema', 'package_name', 'unique_id', 'meta']) {
        expect(member in node, `${id} has ${member}`);
      }
      expect(Array.isArray(parents[id]) && Array.isArray(children[id]), `${id} is in both maps`);
      const further = node.resource_type === 'model' ? ['alias', 'columns', 'config', 'depends_on', 'patch_path'] : [];
      for (const member of further) expect(member in node, `${id} has ${member}`);
    }
    expect(metadata.adapter_type === 'duckdb' && metadata.project_name === 'shop', 'the manifest says of what it is');
    expect(artifact('catalog.json').nodes['model.shop.orders'].columns.order_id.type.length > 0, 'columns have types');
    run(['build', '--select', 'customers', '--full-refresh']);
    const { metadata: run_, args, elapsed_time: elapsed, results } = artifact('run_results.json');
    expect(typeof run_.invocation_id === 'string' && !Number.isNaN(Date.parse(run_.generated_at)), 'a run has an id');
    expect(args.which === 'build' && args.select.join() === 'customers' && args.full_refresh, 'and its command line');
    expect(typeof elapsed === 'number', 'and its time');
    for (const { unique_id: id, status, execution_time: time } of results) {
      expect(['success', 'pass'].includes(status) && typeof time === 'number', `${id} has ended well`);
    }
    run(['clean']);
  },
};

try {
  cpSync(join(here, 'shop'), project, { recursive: true });
  for (const check of Object.values(checks)) check();
  console.log(`ok: dbt Power User's command lines give it ${Object.keys(checks).slice(1).join(', ')}`);
} finally {
  rmSync(work, { recursive: true, force: true });
}

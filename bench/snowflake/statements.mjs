// Counts the statements that a model of each kind costs, beside those of dbt-snowflake on the same server.
//
//   node bench/snowflake/statements.mjs [--dbt PATH/TO/venv/bin/dbt]
//
// A statement is counted for the model whose name it has in it; `begin` and `commit` for the one between them. What
// only looks (`describe`, `show`, a query for columns) is counted apart.
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { connect, program, startServer } from './test-server.mjs';

const { values } = parseArgs({ options: { dbt: { type: 'string' }, log: { type: 'boolean', default: false } } });

const incremental = (more) => `{{ config(materialized='incremental', ${more}) }}
select id, n, at from {{ ref('raw_rows') }}
`;
const models = {
  a_table: `{{ config(materialized='table') }}\nselect id, n, at from {{ ref('raw_rows') }}\n`,
  a_view: `{{ config(materialized='view') }}\nselect id, n, at from {{ ref('raw_rows') }}\n`,
  by_merge: incremental("unique_key='id'"),
  by_append: incremental("incremental_strategy='append'"),
  by_delete: incremental("incremental_strategy='delete+insert', unique_key='id'"),
  by_overwrite: incremental("incremental_strategy='insert_overwrite'"),
  by_batch: incremental("incremental_strategy='microbatch', event_time='at', batch_size='day', begin='2024-03-01'"),
};
const names = ['raw_rows', ...Object.keys(models), 'versions'];
const files = {
  'dbt_project.yml': 'name: shop\nversion: "1.0"\nprofile: shop\n',
  'seeds/raw_rows.csv': 'id,n,at\n1,10,2024-03-01 10:00:00\n2,20,2024-03-02 12:00:00\n',
  'snapshots/versions.yml':
    'snapshots: [{name: versions, relation: "ref(\'raw_rows\')", config: {unique_key: id, strategy: timestamp, updated_at: at}}]\n',
  ...Object.fromEntries(Object.entries(models).map(([name, sql]) => [`models/${name}.sql`, sql])),
};

const ofIngot = await counted(process.execPath, [program]);
const ofDbt = values.dbt ? await counted(values.dbt, []) : undefined;
console.log('| model | Ingot: first | again | dbt: first | again |\n|---|--:|--:|--:|--:|');
for (const name of names) {
  const cells = [ofIngot, ofDbt].flatMap((runs) => (runs ? runs.map((run) => run.get(name)) : ['', '']));
  console.log(`| ${name} | ${cells.join(' | ')} |`);
}
for (const [who, runs] of [
  ['Ingot', ofIngot],
  ['dbt', ofDbt],
])
  if (runs) console.log(`${who}, all statements: ${runs.map((run) => run.get('all')).join(', ')}`);
process.exit(0);

/** Builds the project twice on a server of its own; statements by model, as `changing + looking`. */
async function counted(command, words) {
  const folder = mkdtempSync(join(tmpdir(), 'ingot-statements-'));
  const server = await startServer({ parameters: { TIMEZONE: 'UTC' } });
  const client = await connect(server, { database: 'analytics' });
  const output = {
    ...{ type: 'snowflake', account: 'acme', host: server.host, port: server.port, protocol: 'http' },
    ...{ user: 'INGOT', password: 'secret', role: 'TRANSFORMER', warehouse: 'COMPUTE_WH' },
    ...{ database: 'analytics', schema: 'shop', threads: 1 },
  };
  for (const [path, text] of Object.entries({
    ...files,
    'profiles.yml': `shop: {target: snow, outputs: {snow: ${JSON.stringify(output)}}}\n`,
  })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const runs = [];
  const period = ['--event-time-start', '2024-03-01', '--event-time-end', '2024-03-03'];
  for (const _ of [1, 2]) {
    server.log.clear();
    for (const step of [['seed'], ['run', ...period], ['snapshot']]) await run(command, [...words, ...step], folder);
    runs.push(byModel(server.log.statements));
  }
  await client.close();
  await server.close();
  rmSync(folder, { recursive: true, force: true });
  return runs;
}

function byModel(statements) {
  const found = new Map(names.map((name) => [name, { changing: 0, looking: 0 }]));
  const sql = statements.map((statement) => statement.sql.trim().toLowerCase());
  if (values.log) console.log(sql.map((one) => one.replace(/\s+/g, ' ').slice(0, 150)).join('\n'));
  const modelAt = (index) => {
    const step = /^commit/.test(sql[index]) ? -1 : 1;
    for (let at = index; sql[at] !== undefined; at += step) {
      // A model's statements name what it reads, too: its own name counts.
      const named = names.filter((name) => new RegExp(`\\b${name}(__\\w+)?\\b`).test(sql[at]));
      const own = named.find((name) => name !== 'raw_rows') ?? named[0];
      if (own) return own;
      if (!/^(begin|commit|rollback)/.test(sql[at])) return undefined;
    }
    return undefined;
  };
  for (const [index, text] of sql.entries()) {
    const entry = found.get(modelAt(index));
    if (!entry) continue;
    if (/^(desc(ribe)?|show|select|with)\b/.test(text) || /where false|limit 0/.test(text)) entry.looking += 1;
    else entry.changing += 1;
  }
  const counts = new Map([...found].map(([name, { changing, looking }]) => [name, `${changing} + ${looking}`]));
  counts.set('all', statements.length);
  return counts;
}

function run(command, words, folder) {
  const child = spawn(command, [...words, '--profiles-dir', folder], {
    cwd: folder,
    env: { ...process.env, DO_NOT_TRACK: '1', DBT_SEND_ANONYMOUS_USAGE_STATS: 'false' },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (text) => {
      output += text;
    });
  return new Promise((resolve) =>
    child.on('close', (code) => {
      if (code !== 0) console.log(output.slice(-3000));
      resolve(code);
    }),
  );
}

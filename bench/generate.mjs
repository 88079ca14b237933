// Writes a realistic dbt project with N models that runs on DuckDB by itself.
//   node bench/generate.mjs --models 1000 [--materialized table] --out DIR
// Ten levels, fan-in 1 to 4, macros, 10 % incremental models, ten described columns and two data tests a model, seeds,
// exposures. The same arguments give the same bytes. dbt and Ingot both read it: dbt_project.yml and profiles.yml.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    models: { type: 'string', default: '1000' },
    /** What most models are kept as. */
    materialized: { type: 'string', default: 'view' },
    out: { type: 'string' },
  },
});
if (!values.out) throw new Error('usage: generate.mjs --models N --out DIR');
const count = Number(values.models);
const out = values.out;
const levels = 10;
const folderSize = 12;
const domains = ['sales', 'finance', 'logistics', 'marketing', 'stores', 'web', 'hr', 'suppliers'];
const seeds = ['raw_events', 'raw_accounts', 'raw_items', 'raw_places', 'raw_partners'];

/** A small generator with a fixed seed (mulberry32): benchmarks have to be the same everywhere. */
let state = 20240331;
function random() {
  state = (state + 0x6d2b79f5) | 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
}
const pick = (list) => list[Math.floor(random() * list.length)];

function write(path, text) {
  const file = join(out, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

const columns = [
  ['id', 'Key of the row, unique in this model and stable from run to run.'],
  ['parent_id', 'Key of the row that this one belongs to; the same as id on the first level.'],
  ['category', 'Group in the sense of the yearly report, lower case, never empty.'],
  ['status', 'Where the row stands in its life, open, closed or void.'],
  ['amount', 'Value in the currency of the report, two decimals, taxes included.'],
  ['quantity', 'Number of units, negative for what came back.'],
  ['score', 'Weight between 0 and 1 that the planning model gave to the row.'],
  ['is_active', 'Whether the row counts in the current period.'],
  ['created_at', 'When the row was first seen, in UTC.'],
  ['updated_at', 'When the row last changed, in UTC; late corrections move it.'],
];

rmSync(out, { recursive: true, force: true });
write(
  'dbt_project.yml',
  `name: bench
version: '1.0'
config-version: 2
profile: bench
models:
  bench:
    +materialized: ${values.materialized}
    level_0: {+materialized: table, +tags: [entry]}
    level_9: {+materialized: table, +tags: [leaf]}
vars:
  threshold: 0
  excluded_status: void
`,
);
write(
  'profiles.yml',
  `bench:
  target: dev
  outputs:
    dev: {type: duckdb, path: target/bench.duckdb, threads: 4}
`,
);
write(
  'macros/clean.sql',
  `{% macro clean(column) -%}
  trim(lower({{ column }}))
{%- endmacro %}

{% macro not_excluded(alias) -%}
  {{ alias }}.status <> '{{ var("excluded_status") }}'
{%- endmacro %}
`,
);
write(
  'macros/money.sql',
  `{% macro money(column, decimals=2) -%}
  round(cast({{ column }} as decimal(18, 4)), {{ decimals }})
{%- endmacro %}

{% macro total(columns) -%}
  {%- for column in columns %}coalesce({{ column }}, 0){% if not loop.last %} + {% endif %}{% endfor -%}
{%- endmacro %}
`,
);
write(
  'macros/since.sql',
  `{% macro since(column) -%}
  {%- if is_incremental() %}
  where {{ column }} >= (select coalesce(max({{ column }}), '1900-01-01') from {{ this }})
  {%- endif %}
{%- endmacro %}
`,
);
for (const seed of seeds) {
  const rows = Array.from({ length: 20 }, (_, i) =>
    [
      i + 1,
      i + 1,
      pick(domains),
      pick(['open', 'closed', 'void']),
      (random() * 500).toFixed(2),
      Math.floor(random() * 9) - 1,
      random().toFixed(3),
      random() < 0.8,
      '2024-01-01 00:00:00',
      '2024-02-01 00:00:00',
    ].join(','),
  );
  write(`seeds/${seed}.csv`, `${[columns.map(([name]) => name).join(','), ...rows].join('\n')}\n`);
}

const byLevel = Array.from({ length: levels }, () => []);
const perLevel = Math.ceil(count / levels);
for (let n = 0; n < count; n += 1) {
  const level = Math.floor(n / perLevel);
  const domain = domains[Math.floor((n % perLevel) / folderSize) % domains.length];
  const folder = `models/level_${level}/${domain}_${Math.floor((n % perLevel) / folderSize)}`;
  byLevel[level].push({ name: `${domain}_l${level}_${n}`, folder, level, incremental: n % 10 === 3 });
}

const folders = new Map();
for (const models of byLevel) {
  for (const model of models) {
    write(`${model.folder}/${model.name}.sql`, modelSql(model));
    folders.set(model.folder, [...(folders.get(model.folder) ?? []), model]);
  }
}
for (const [folder, models] of folders) write(`${folder}/_models.yml`, propertiesYaml(models));
write(
  'models/exposures.yml',
  `version: 2
exposures:
${byLevel
  .at(-1)
  .slice(0, Math.ceil(count / 500))
  .map(
    (model, i) => `  - name: report_${i}
    type: dashboard
    owner: {name: Reports, email: reports@example.com}
    depends_on: [ref('${model.name}')]
`,
  )
  .join('')}`,
);

// For the runner, which changes a file: not read by any tool.
write('bench-models.json', JSON.stringify(byLevel.flat().map(({ folder, name }) => `${folder}/${name}.sql`)));

function modelSql(model) {
  const parents = model.level === 0 ? [pick(seeds)] : parentNames(model.level);
  const config = model.incremental
    ? "{{ config(materialized='incremental', unique_key='id', tags=['incremental']) }}\n\n"
    : '';
  const ctes = parents
    .map((parent, i) => `parent_${i} as (\n\n    select * from {{ ref('${parent}') }}\n\n)`)
    .join(',\n\n');
  const joins = parents
    .slice(1)
    .map((_, i) => `    left join parent_${i + 1} on parent_${i + 1}.id = parent_0.id\n`)
    .join('');
  const amounts = parents.map((_, i) => `'parent_${i}.amount'`).join(', ');
  return `${config}with

${ctes},

joined as (

    -- One row for each key of the first parent; the others only add to its amount.
    select
        parent_0.id,
        parent_0.parent_id,
        {{ clean('parent_0.category') }} as category,
        {{ clean('parent_0.status') }} as status,
        {{ money(total([${amounts}])) }} as amount,
        parent_0.quantity,
        parent_0.score,
        parent_0.is_active,
        parent_0.created_at,
        parent_0.updated_at
    from parent_0
${joins}    where {{ not_excluded('parent_0') }}
      and coalesce(parent_0.score, 0) >= {{ var('threshold') }}

)

select * from joined
${model.incremental ? "{{ since('updated_at') }}\n" : ''}`;
}

function parentNames(level) {
  const fanIn = 1 + Math.floor(random() * 4);
  const names = new Set([pick(byLevel[level - 1]).name]);
  while (names.size < fanIn) names.add(pick(byLevel[Math.floor(random() * level)]).name);
  return [...names];
}

function propertiesYaml(models) {
  const entries = models.map((model) => {
    const described = columns.map(([name, description]) => {
      const tests = name === 'id' ? '\n        data_tests:\n          - unique\n          - not_null' : '';
      const accepted =
        name === 'status' && model.name.endsWith('7')
          ? "\n        data_tests:\n          - accepted_values: {arguments: {values: ['open', 'closed', 'void']}}"
          : '';
      return `      - name: ${name}
        description: ${description} Part of ${model.name}.${tests}${accepted}`;
    });
    return `  - name: ${model.name}
    description: >
      Rows of the domain ${model.name.split('_')[0]} on level ${model.level}, cleaned and joined with what belongs to them.
      Built by the benchmark's generator; see its head for what it stands for.
    meta: {owner: ${pick(domains)}, tier: ${1 + Math.floor(random() * 3)}}
    columns:
${described.join('\n')}
`;
  });
  return `version: 2\n\nmodels:\n${entries.join('\n')}`;
}

// Writes src/sql/dialects/duckdb/functions/data.ts from what DuckDB itself says: the catalogue's signatures, and where
// it says ANY, the results of asking for the types of calls.
// Run: node scripts/sql/write-duckdb-functions.mjs
import { writeFileSync } from 'node:fs';
import { DuckDBInstance } from '@duckdb/node-api';

const target = new URL('../../src/sql/dialects/duckdb/functions/data.ts', import.meta.url);

/** Listed as aggregates, but they need OVER. Their arguments are not listed as they are. */
const windows = `
row_number, rank, dense_rank, rank_dense () BIGINT ; never
percent_rank, cume_dist () DOUBLE ; never
ntile (BIGINT) BIGINT
lag, lead (any, BIGINT?, any?) same
first_value, last_value (T) T
nth_value (T, BIGINT) T
fill (T) T`;
const windowNames = new Set(
  'row_number rank dense_rank rank_dense percent_rank cume_dist ntile lag lead first_value last_value nth_value fill'.split(
    ' ',
  ),
);

/** Part of the grammar, so that the catalogue of the database lacks them. */
const grammar = `
coalesce (any+) common ; all
ifnull (any, any) common ; all
if (any, any, any) common2
greatest, least (any+) common ; all
array_cat, array_concat, list_cat, list_concat (any+) common
list_value, list_pack (any*) =list ; never
array_value, unpivot_list (any*) ?
replace_type (any, any, any) ?
array_to_string_comma_default (any, any?) VARCHAR
concat (any+) =concat ; never
cast_to_type (any, any) same2
struct_extract (any, any) =field
struct_extract_at (any, any) ?
extract (part, any) =part
try (any) same
unnest (any, any*) =unnested
columns (any) ?
grouping, grouping_id (any+) BIGINT ; never
current_date, today () DATE ; stable never
current_timestamp, now, get_current_timestamp, transaction_timestamp () TIMESTAMP WITH TIME ZONE ; stable never
current_time, get_current_time () TIME WITH TIME ZONE ; stable never
localtimestamp, current_localtimestamp () TIMESTAMP ; stable never
localtime, current_localtime () TIME ; stable never
current_catalog, current_user, session_user, user, current_role () VARCHAR ; stable never`;
const grammarNames = new Set(
  'coalesce ifnull if try unnest columns grouping grouping_id current_date today current_timestamp now get_current_timestamp transaction_timestamp current_time get_current_time localtimestamp current_localtimestamp localtime current_localtime current_catalog current_user session_user user current_role struct_pack row greatest least array_cat array_concat list_cat list_concat list_value list_pack array_value replace_type unpivot_list array_to_string_comma_default concat cast_to_type struct_extract struct_extract_at extract'.split(
    ' ',
  ),
);

/** Of these it is known that NULL comes out if, and only if, NULL goes in. */
const strict = new Set(
  'abs ceil ceiling floor round trunc sign upper ucase lower lcase length len char_length character_length strlen trim ltrim rtrim replace reverse repeat lpad rpad left right substring substr contains starts_with prefix ends_with suffix ascii unicode chr md5 sha1 sha256 date_trunc datetrunc date_part datepart date_diff datediff date_sub datesub year month day hour minute second quarter week dayofweek isodow dayofyear dayname monthname last_day strftime make_date sin cos tan asin acos atan atan2 exp sqrt ln log10 log2 pow power degrees radians epoch epoch_ms epoch_us regexp_matches regexp_replace regexp_full_match string_split str_split split instr strpos position translate'.split(
    ' ',
  ),
);
const never = new Set(
  'count count_star count_if countif approx_count_distinct concat concat_ws hash random uuid gen_random_uuid'.split(
    ' ',
  ),
);

/** Macros made of aggregates: the catalogue says no more than that they are macros. */
const aggregatingMacros = new Set(
  'geomean geometric_mean wavg weighted_avg json_group_array json_group_object json_group_structure'.split(' '),
);

/** Results that hang on the value of an argument, or on what a lambda gives. */
const computed = {
  strptime: '=parsed',
  try_strptime: '=parsed',
  date_part: '=part',
  datepart: '=part',
  median: '=median',
  histogram: '=histogram',
  list_slice: '=sliced',
  array_slice: '=sliced',
  list_transform: '=transformed',
  list_apply: '=transformed',
  array_transform: '=transformed',
  array_apply: '=transformed',
  apply: '=transformed',
  list_filter: 'same',
  array_filter: 'same',
  filter: 'same',
};

/** That of an overload of which nothing else is known, or whatever is known. */
function computedResult(name, types, result) {
  if ((name === 'round' || name === 'trunc') && types.join() === 'DECIMAL,INTEGER') return '=places';
  const rule = computed[name];
  return rule === undefined || types[0] === 'VARCHAR[]' ? result : rule;
}

const open = new Set([
  'LIST',
  'STRUCT',
  'MAP',
  'UNION',
  'ARRAY',
  'POINTER',
  'TABLE',
  'TYPE',
  'INVALID',
  '"NULL"',
  'ENUM',
]);
const isOpen = (type) =>
  type === null ||
  open.has(type) ||
  /[<?]|\[ANY\]|STRUCT\(|^ANY|"NULL"/.test(type) ||
  /^(ANY|STRUCT|DECIMAL)\[/.test(type);

const samples = {
  ANY: [
    'INTEGER',
    'VARCHAR',
    'DATE',
    'DECIMAL(7,2)',
    'DOUBLE',
    'BOOLEAN',
    'TIMESTAMP',
    'FLOAT',
    'JSON',
    'INTEGER[]',
    'VARCHAR[]',
  ],
  DECIMAL: ['DECIMAL(7,2)', 'DECIMAL(18,3)', 'DECIMAL(30,5)'],
  'ANY[]': ['INTEGER[]', 'VARCHAR[]', 'DECIMAL(7,2)[]'],
};
const columns = [
  ...new Set([
    ...Object.values(samples).flat(),
    'BIGINT',
    'HUGEINT',
    'INTERVAL',
    'BLOB',
    'TIME',
    'JSON',
    'UUID',
    'TIMESTAMP WITH TIME ZONE',
    'TIME WITH TIME ZONE',
    'TIME_NS',
    'BIT',
    'VARIANT',
    'BIGNUM',
  ]),
];

const database = await DuckDBInstance.create(':memory:', { threads: '1' });
const connection = await database.connect();
const ask = async (sql) => (await connection.runAndReadAll(sql)).getRowObjects();
const [{ version }] = await ask('select version() as version');
await connection.run(`create table t (${columns.map((type, index) => `c${index} ${type}`).join(', ')})`);

/** The type of a call over t, undefined if it is refused. */
async function typeOf(call) {
  try {
    const [row] = await ask(`describe select ${call} as r from t`);
    return row.column_type;
  } catch {
    return undefined;
  }
}

const columnOf = (type) => {
  const index = columns.indexOf(type);
  return index < 0 ? `null::${type}` : `c${index}`;
};

/** For arguments that have to be constant. */
const constants = {
  DOUBLE: '0.5',
  'DOUBLE[]': '[0.5]',
  FLOAT: '0.5::FLOAT',
  'FLOAT[]': '[0.5]::FLOAT[]',
  INTEGER: '1',
  BIGINT: '1',
  VARCHAR: "'a'",
  BOOLEAN: 'true',
  'VARCHAR[]': "['a']",
};

const askCall = async (name, given) =>
  (await typeOf(`"${name}"(${given.map(columnOf).join(', ')})`)) ??
  (await typeOf(
    `"${name}"(${given.map((type, index) => (index > 0 && constants[type]) || columnOf(type)).join(', ')})`,
  ));

/** What an overload's result is, found out by calls whose arguments are all of one sample type, or of their own. */
async function inferResult(name, types, declared) {
  if (types.filter((type) => type === 'DECIMAL').length > 1) return '?';
  if (types.some((type) => type === 'LAMBDA') || /STRUCT|"NULL"/.test(declared ?? '')) return '?';
  const open = types.some((type) => samples[type] || isOpen(type));
  const tries = [];
  for (let index = 0; index < (open ? samples.ANY.length : 1); index++) {
    const given = types.map((type) => {
      const choices = samples[type] ?? (isOpen(type) ? samples.ANY : [type]);
      return choices[index % choices.length];
    });
    const result = await askCall(name, given);
    if (result !== undefined) tries.push({ given, result });
  }
  if (tries.some(({ result }) => /STRUCT|ENUM|MAP|"NULL"/.test(result))) return '?';
  return tries.length === 0 ? (isPlain(declared) ? declared : '?') : resultOf(tries, open);
}

const isPlain = (type) => type !== null && type !== 'DECIMAL' && !isOpen(type) && !/^[A-Z](\[\])*$|^MAP/.test(type);

function resultOf(tries, open) {
  const varied = new Set(tries.map(({ given }) => given.join())).size > 2;
  const every = (test) => varied && tries.every(({ given, result }) => test(given, result));
  const scale = (type) => /DECIMAL\((\d+),(\d+)\)/.exec(type);
  if (tries.every(({ result }) => result === tries[0].result) && (varied || !open)) return tries[0].result;
  for (const index of tries[0].given.keys())
    if (every((given, result) => given[index] === result)) return index === 0 ? 'same' : `same${index + 1}`;
  if (every((given, result) => result === `${given[0]}[]`)) return '=listed';
  if (every((given, result) => given[0] === `${result}[]`)) return '=element';
  if (every((given, result) => result === `DECIMAL(38,${scale(given[0])?.[2]})`)) return '=decimal38';
  return every((given, result) => result === `DECIMAL(${scale(given[0])?.[1]},0)`) ? '=decimal0' : '?';
}

const parameter = (type) => (isOpen(type) && type !== 'ANY[]' ? 'any' : type === 'ANY[]' ? 'any[]' : type);

async function overloadText(row) {
  const name = row.function_name;
  const types = row.parameter_types?.items ?? [];
  const list = types.map(parameter);
  if (row.varargs !== null) list.push(`${parameter(row.varargs)}*`);
  const generic = /^([TKV]$|[TKV]\[|MAP\(K)/.test(row.return_type ?? '');
  const sampled = row.varargs === null ? types : [...types, row.varargs];
  const result = generic ? row.return_type : await inferResult(name, sampled, row.return_type);
  const told = computedResult(name, types, result);
  const flags = [
    strict.has(name) ? 'any' : never.has(name) ? 'never' : '',
    row.stability === 'VOLATILE' ? 'volatile' : row.stability === 'CONSISTENT_WITHIN_QUERY' ? 'stable' : '',
  ].filter(Boolean);
  return `(${list.join(', ')}) ${told}${flags.length > 0 ? ` ; ${flags.join(' ')}` : ''}`;
}

/** Without doubles, and in an order that is always the same. */
function compact(overloads) {
  const unique = [...new Set(overloads)];
  return unique.filter(
    (text) => !(text.includes(' DECIMAL)') && unique.includes(text.replace(' DECIMAL)', ' DOUBLE)'))),
  );
}

async function linesOf(kinds, wanted) {
  const rows = await ask(`
    select function_name, function_type, parameter_types, varargs, return_type, stability
    from duckdb_functions()
    where function_type in (${kinds.map((kind) => `'${kind}'`).join(', ')}) and internal
      and regexp_full_match(function_name, '[a-z_][a-z0-9_]*') and not starts_with(function_name, '__')
      and not starts_with(function_name, 'icu_collate_')
    order by function_name`);
  const byName = new Map();
  for (const row of rows) {
    if (!wanted(row.function_name)) continue;
    const texts = byName.get(row.function_name) ?? [];
    byName.set(row.function_name, [...texts, await overloadText(row)]);
  }
  return grouped([...byName].map(([name, texts]) => [name, compact(texts).join(' / ')]));
}

/** One line for all names with the same signatures. */
function grouped(entries) {
  const names = new Map();
  for (const [name, text] of entries) names.set(text, [...(names.get(text) ?? []), name]);
  return [...names].map(([text, all]) => `${all.join(', ')} ${text}`);
}

async function tableLines() {
  const rows = await ask(`
    select function_name, list(parameters) as parameters
    from duckdb_functions() where function_type in ('table', 'table_macro', 'pragma') and internal
      and regexp_full_match(function_name, '[a-z_][a-z0-9_]*')
      and function_name not in ('range', 'generate_series', 'glob')
    group by 1 order by 1`);
  const entries = [];
  for (const { function_name: name } of rows) {
    let found = [];
    try {
      found = await ask(`describe select * from ${name}()`);
    } catch {}
    const shape = found.map(({ column_name, column_type }) => `${column_name} ${column_type}`).join(', ');
    const plain =
      found.length > 0 && found.every(({ column_name }) => /^\w+$/.test(column_name)) && !shape.includes('STRUCT');
    entries.push([name, plain ? `(any*) => ${shape}` : '(any*)']);
  }
  return grouped(entries);
}

const grammarTables = `
range (BIGINT) => range BIGINT / (BIGINT, BIGINT) => range BIGINT / (BIGINT, BIGINT, BIGINT) => range BIGINT / (TIMESTAMP, TIMESTAMP, INTERVAL) => range TIMESTAMP / (TIMESTAMP WITH TIME ZONE, TIMESTAMP WITH TIME ZONE, INTERVAL) => range TIMESTAMP WITH TIME ZONE
generate_series (BIGINT) => generate_series BIGINT / (BIGINT, BIGINT) => generate_series BIGINT / (BIGINT, BIGINT, BIGINT) => generate_series BIGINT / (TIMESTAMP, TIMESTAMP, INTERVAL) => generate_series TIMESTAMP / (TIMESTAMP WITH TIME ZONE, TIMESTAMP WITH TIME ZONE, INTERVAL) => generate_series TIMESTAMP WITH TIME ZONE
glob (any) => file VARCHAR`;

const argumentOfExtreme = [
  'arg_max',
  'arg_min',
  'argmax',
  'argmin',
  'max_by',
  'min_by',
  'arg_max_null',
  'arg_min_null',
  'arg_max_nulls_last',
  'arg_min_nulls_last',
];
const skip = new Set([...windowNames, ...grammarNames]);
const scalars = await linesOf(['scalar', 'macro'], (name) => !skip.has(name) && !aggregatingMacros.has(name));
const skippedAggregates = new Set([...skip, ...argumentOfExtreme]);
const aggregates = [
  ...(await linesOf(['aggregate'], (name) => !skippedAggregates.has(name))),
  ...(await linesOf(['macro'], (name) => aggregatingMacros.has(name))),
];
const tables = await tableLines();
const quoted = (lines) =>
  `\`\n${lines.join('\n').replaceAll('\\', '\\\\').replaceAll('`', '\\`').replaceAll('${', '\\${')}\n\``;
writeFileSync(
  target,
  `// Written by scripts/sql/write-duckdb-functions.mjs; run it after an update of DuckDB.

/** The DuckDB that was asked. */
export const version = '${version}';

export const scalars = ${quoted([...grammar.trim().split('\n'), 'struct_pack, row (any*) =packed ; never', ...scalars])};

export const aggregates = ${quoted([`${argumentOfExtreme.join(', ')} (T, any) T / (T, any, BIGINT) T[]`, 'percentile_cont (any, any?) =percentile ; within', 'percentile_disc (any, any?) same2 ; within', ...aggregates])};

export const windows = \`${windows}
\`;

export const tables = ${quoted([...grammarTables.trim().split('\n'), ...tables])};
`,
);
connection.closeSync();
database.closeSync();

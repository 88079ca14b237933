import { type Relation, type Rendering, TableValue, type TemplateFunction } from '../core/index.ts';
import { type Bound, str, TemplateError, truthy, type Value } from '../jinja/index.ts';
import { callOwn } from './warehouse/dispatch.ts';
import { dispatched, sqlOf } from './warehouse/dispatched.ts';
import { columnNames, relationOf } from './warehouse/relation-argument.ts';
import { runAll } from './warehouse/session.ts';

/**
 * dbt's macros behind seeds, for materializations and macros that take their place: `create_csv_table` and
 * `reset_csv_table` make the table ready, `load_csv_rows` fills it from an `agate_table`. Each sends its statements and
 * gives them as text.
 */
const functions: readonly TemplateFunction[] = [
  ...dispatched('create_csv_table', ['model', 'agate_table'], (rendering, [, table]) =>
    rendering.execute ? sent(rendering, [createTable(rendering, tableOf(table))]) : '',
  ),
  ...dispatched(
    'reset_csv_table',
    ['model', 'full_refresh', 'old_relation', 'agate_table'],
    async (rendering, [model, fullRefresh, old, table], site) => {
      if (!truthy(fullRefresh ?? false)) {
        await callOwn(rendering, 'truncate_relation', [old], site);
        return rendering.adapter.statements.truncate(relationOf(old));
      }
      await callOwn(rendering, 'drop_relation', [old], site);
      return callOwn(rendering, 'create_csv_table', [model, table], site);
    },
  ),
  ...dispatched('load_csv_rows', ['model', 'agate_table'], async (rendering, [, table], site) => {
    const size = Number(str(await callOwn(rendering, 'get_batch_size', [], site)));
    return sent(rendering, insertStatements(rendering, tableOf(table), size));
  }),
  ...dispatched('get_csv_sql', ['create_or_truncate_sql', 'insert_sql'], (_, [create, insert]) =>
    [sqlOf(create), '-- dbt seed --', sqlOf(insert)].join('\n'),
  ),
  ...dispatched('get_batch_size', [], () => 10_000),
  ...dispatched('get_binding_char', [], () => '%s'),
  ...dispatched('get_seed_column_quoted_csv', ['model', 'column_names'], (rendering, [, names]) =>
    columnNames(names)
      .map((name) => nameOf(rendering, name))
      .join(', '),
  ),
];
export default functions;

function tableOf(value: Bound): TableValue {
  if (value instanceof TableValue) return value;
  throw new TemplateError('A table is needed here: load_agate_table() gives it', 'TypeError');
}

async function sent(rendering: Rendering, statements: readonly string[]): Promise<string> {
  await runAll(rendering, statements, 'Loading a seed');
  return statements[0] ?? '';
}

/** A seed's columns are quoted unless it says `quote_columns: false`. */
function nameOf(rendering: Rendering, name: string): string {
  return quotes(rendering) ? rendering.adapter.statements.quote(name) : name;
}

const quotes = (rendering: Rendering): boolean => rendering.getConfig('quote_columns') !== false;

function target({ thisRelation }: Rendering): Relation {
  if (thisRelation === undefined) throw new TemplateError('There is no seed to load here');
  return { ...thisRelation, type: 'table' };
}

function createTable(rendering: Rendering, table: TableValue): string {
  const asked = rendering.getConfig('column_types');
  const types = new Map(Object.entries((asked ?? {}) as Readonly<Record<string, string>>));
  const columns = table.columnNames.map((name, index) => ({
    name,
    type: types.get(name) ?? table.columnTypes[index] ?? 'text',
    quote: quotes(rendering),
  }));
  return rendering.adapter.statements.createTable(target(rendering), columns, { config: rendering.node?.config });
}

function insertStatements(rendering: Rendering, { columnNames: names, rows }: TableValue, size: number): string[] {
  const { statements } = rendering.adapter;
  const columns = names.map((name) => nameOf(rendering, name)).join(', ');
  const literal = (value: Value): string => {
    if (value === null) return 'null';
    return ['boolean', 'number', 'bigint'].includes(typeof value) ? String(value) : statements.literal(str(value));
  };
  const inserts: string[] = [];
  for (let from = 0; from < rows.length; from += size) {
    const values = rows.slice(from, from + size).map((row) => `(${row.map(literal).join(', ')})`);
    inserts.push(
      `insert into ${statements.renderRelation(target(rendering))} (${columns}) values\n${values.join(',\n')}`,
    );
  }
  return inserts;
}

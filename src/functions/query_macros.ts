import { contractColumns, type Json, type Rendering, type TemplateFunction, valueToJson } from '../core/index.ts';
import { Dict, str, TemplateError } from '../jinja/index.ts';
import { callOwn } from './warehouse/dispatch.ts';
import { dispatched, sqlOf } from './warehouse/dispatched.ts';

/**
 * dbt's macros that put a query into another: `get_select_subquery` picks and orders the columns of a contract,
 * `get_empty_schema_sql` gives them without rows, `get_limit_sql` and `get_show_sql` cut a query off.
 */
const functions: readonly TemplateFunction[] = [
  ...dispatched('get_column_names', [], (rendering) => namesOf(rendering).join(', ')),
  ...dispatched('get_select_subquery', ['sql'], (rendering, [sql]) => {
    const columns = namesOf(rendering).join(', ');
    return `select ${columns}\nfrom (\n${sqlOf(sql)}\n) as model_subq`;
  }),
  ...dispatched('get_empty_schema_sql', ['columns'], ({ adapter }, [columns]) => {
    const wanted = columns instanceof Dict ? [...columns.values()] : [];
    const selected = wanted.map((column) => {
      const { name, data_type: type, quote } = valueToJson(column) as Readonly<Record<string, Json>>;
      if (typeof type !== 'string' || type === '') {
        throw new TemplateError(`The column '${String(name)}' of a contract needs a data_type`);
      }
      return `cast(null as ${type}) as ${quote === true ? adapter.statements.quote(String(name)) : String(name)}`;
    });
    return `select ${selected.join(', ')}\nwhere false`;
  }),
  ...dispatched('get_limit_sql', ['sql', 'limit'], ({ adapter }, [sql, limit]) =>
    limit == null ? sqlOf(sql) : adapter.statements.limited(sqlOf(sql), Number(str(limit))),
  ),
  ...dispatched('get_show_sql', ['compiled_code', 'sql_header', 'limit'], async (rendering, bound, site) => {
    const [sql, header, limit] = bound;
    const before = header == null || header === '' ? '' : `${str(header)}\n`;
    return before + str(await callOwn(rendering, 'get_limit_sql', [sql, limit], site));
  }),
];
export default functions;

/** The columns of the node's contract as they are written in SQL. */
function namesOf({ node, adapter }: Rendering): readonly string[] {
  if (node === undefined) throw new TemplateError('Only a model has the columns of a contract');
  return contractColumns(node, adapter).map(({ name, quote }) =>
    quote === false ? name : adapter.statements.quote(name),
  );
}

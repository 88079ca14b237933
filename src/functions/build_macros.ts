import {
  type CreateTableOptions,
  contractColumns,
  type Json,
  modelConstraints,
  type Relation,
  type Rendering,
  type TemplateFunction,
} from '../core/index.ts';
import { Dict, listOf, str, truthy } from '../jinja/index.ts';
import { callOwn } from './warehouse/dispatch.ts';
import { dispatched, sqlOf } from './warehouse/dispatched.ts';
import { columnNames, relationOf } from './warehouse/relation-argument.ts';

/** dbt's macros that write statements, for materializations that are macros: `create_table_as`, `create_view_as`… */
const functions: readonly TemplateFunction[] = [
  ...dispatched(
    'create_table_as',
    ['temporary', 'relation', 'compiled_code', 'language=', '*more', '**others'],
    (rendering, [temporary, relation, sql]) =>
      createTableAs(rendering, relationOf(relation), sqlOf(sql), truthy(temporary ?? null)),
  ),
  ...dispatched('get_create_table_as_sql', ['temporary', 'relation', 'sql'], (rendering, bound, site) =>
    callOwn(rendering, 'create_table_as', bound, site),
  ),
  ...dispatched('create_view_as', ['relation', 'sql'], (rendering, [relation, sql]) => {
    const { statements } = rendering.adapter;
    return withHeader(rendering, statements.createViewAs(relationOf(relation), sqlOf(sql), configOf(rendering)));
  }),
  ...dispatched('get_create_view_as_sql', ['relation', 'sql'], (rendering, bound, site) =>
    callOwn(rendering, 'create_view_as', bound, site),
  ),
  ...dispatched('get_empty_subquery_sql', ['select_sql', 'select_sql_header='], ({ adapter }, [sql]) =>
    adapter.statements.limited(sqlOf(sql), 0),
  ),
  ...dispatched('get_limit_subquery_sql', ['sql', 'limit'], ({ adapter }, [sql, limit]) =>
    adapter.statements.limited(sqlOf(sql), Number(sqlOf(limit))),
  ),
  ...dispatched('get_quoted_csv', ['column_names'], ({ adapter }, [names]) =>
    columnNames(names)
      .map((name) => adapter.statements.quote(name))
      .join(', '),
  ),
  ...dispatched('get_create_index_sql', ['relation', 'index_dict'], ({ adapter }, [relation, index]) =>
    index instanceof Dict
      ? (adapter.statements.createIndex?.(
          relationOf(relation),
          listOf(index.get('columns') ?? []).map(str),
          truthy(index.get('unique') ?? false),
        ) ?? null)
      : null,
  ),
];
export default functions;

const configOf = ({ node }: Rendering): Pick<CreateTableOptions, 'config'> => ({ config: node?.config });

function createTableAs(rendering: Rendering, relation: Relation, sql: string, temporary: boolean): string {
  const { adapter, node } = rendering;
  const { statements } = adapter;
  const options = { ...configOf(rendering), temporary };
  if (temporary) {
    const place = { ...statements.temporaryRelation(relation), identifier: relation.identifier };
    return withHeader(rendering, statements.createTableAs(place, sql, options));
  }
  if (node === undefined || !node.contract.enforced) {
    return withHeader(rendering, statements.createTableAs(relation, sql, options));
  }
  const columns = contractColumns(node, adapter);
  const constraints = modelConstraints(node, adapter);
  if (adapter.capabilities.typedTableFromQuery) {
    return withHeader(rendering, statements.createTableAs(relation, sql, { ...options, columns, constraints }));
  }
  const fill = statements.insertQuery(
    relation,
    columns.map(({ name }) => name),
    sql,
  );
  const create = statements.createTable(relation, columns, { ...options, constraints });
  return withHeader(rendering, `${create};\n${fill}`);
}

function withHeader(rendering: Rendering, sql: string): string {
  const header: Json | undefined = rendering.getConfig('sql_header');
  return typeof header === 'string' && header.trim() !== '' ? `${header}\n${sql}` : sql;
}

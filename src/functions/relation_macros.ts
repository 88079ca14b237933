import { type Relation, RelationValue, type Rendering, type TemplateFunction } from '../core/index.ts';
import { type Bound, type Result, str, type Value } from '../jinja/index.ts';
import { adapterMethods } from './warehouse/adapter-methods.ts';
import { callOwn } from './warehouse/dispatch.ts';
import { dispatched, sqlOf } from './warehouse/dispatched.ts';
import { existingRelation } from './warehouse/existing-relation.ts';
import { columnNames, relationOf } from './warehouse/relation-argument.ts';
import { asTemplateError, sessionOf } from './warehouse/session.ts';

/** dbt's macros about relations, for materializations that are macros: names for them, and what is done to them. */
const functions: readonly TemplateFunction[] = [
  ...dispatched('make_temp_relation', ['base_relation', 'suffix='], ({ adapter }, [base, suffix]) => {
    const temporary = adapter.statements.temporaryRelation(relationOf(base));
    const identifier = `${relationOf(base).identifier}${sqlOf(suffix, '__dbt_tmp')}`;
    return new RelationValue({ ...temporary, identifier }, adapter.statements);
  }),
  ...dispatched('make_intermediate_relation', ['base_relation', 'suffix='], (rendering, [base, suffix]) =>
    beside(rendering, base, sqlOf(suffix, '__dbt_tmp')),
  ),
  ...dispatched(
    'make_backup_relation',
    ['base_relation', 'backup_relation_type', 'suffix='],
    (rendering, [base, type, suffix]) =>
      beside(rendering, base, sqlOf(suffix, '__dbt_backup'), { type: str(type ?? null) as Relation['type'] }),
  ),
  ...dispatched('get_or_create_relation', ['database', 'schema', 'identifier', 'type'], getOrCreate),
  ...dispatched('drop_relation_if_exists', ['relation'], (rendering, [relation], site) =>
    relation === null || relation === undefined ? '' : callOwn(rendering, 'drop_relation', [relation], site),
  ),
  ...dispatched('handle_existing_table', ['full_refresh', 'old_relation'], (rendering, [, relation], site) =>
    callOwn(rendering, 'drop_relation', [relation], site),
  ),
  ...['drop_relation', 'truncate_relation', 'create_schema', 'drop_schema'].flatMap((name) =>
    dispatched(name, ['relation'], (rendering, bound) => viaAdapter(rendering, name, bound)),
  ),
  ...dispatched('rename_relation', ['from_relation', 'to_relation'], (rendering, bound) =>
    viaAdapter(rendering, 'rename_relation', bound),
  ),
  ...dispatched('get_columns_in_relation', ['relation'], (rendering, bound) =>
    viaAdapter(rendering, 'get_columns_in_relation', bound),
  ),
  ...dispatched('get_column_schema_from_query', ['select_sql', 'select_sql_header='], (rendering, [sql]) =>
    viaAdapter(rendering, 'get_column_schema_from_query', [sql]),
  ),
  ...dispatched('list_relations_without_caching', ['schema_relation'], (rendering, bound) =>
    viaAdapter(rendering, 'list_relations_without_caching', bound),
  ),
  ...dispatched('get_columns_in_query', ['select_sql'], columnsInQuery),
  ...dispatched('get_list_of_column_names', ['columns'], (_, [columns]) => [...columnNames(columns)]),
  ...dispatched('get_drop_sql', ['relation'], ({ adapter }, [relation]) =>
    adapter.statements.dropRelation(relationOf(relation)),
  ),
  ...dispatched('get_rename_sql', ['relation', 'new_name'], ({ adapter }, [relation, name]) =>
    adapter.statements.renameRelation(relationOf(relation), { ...relationOf(relation), identifier: sqlOf(name) }),
  ),
];
export default functions;

function beside({ adapter }: Rendering, base: Bound, suffix: string, change: Partial<Relation> = {}): Value {
  const relation = relationOf(base);
  return new RelationValue(
    { ...relation, ...change, identifier: `${relation.identifier}${suffix}` },
    adapter.statements,
  );
}

/** What `adapter.name(…)` does. */
function viaAdapter(rendering: Rendering, name: string, bound: readonly Bound[]): Result {
  const method = adapterMethods[name];
  if (method === undefined) throw new Error(`the adapter has no method ${name}`);
  if (!rendering.execute) return method.whileParsing();
  return method.run(rendering, bound).then((value) => value ?? '');
}

function getOrCreate(rendering: Rendering, [database, schema, identifier, type]: readonly Bound[]): Result {
  const text = (value: Bound): string | null => (value == null ? null : str(value));
  const wanted = { database: text(database), schema: text(schema), identifier: text(identifier) };
  const made = new RelationValue({ ...wanted, type: text(type) as Relation['type'] }, rendering.adapter.statements);
  if (!rendering.execute) return [false, made];
  return existingRelation(rendering, wanted, 'get_or_create_relation()').then((found) =>
    found === undefined ? [false, made] : [true, new RelationValue(found, rendering.adapter.statements)],
  );
}

function columnsInQuery(rendering: Rendering, [sql]: readonly Bound[]): Result {
  if (!rendering.execute) return [];
  const query = rendering.adapter.statements.limited(sqlOf(sql), 0);
  const session = sessionOf(rendering, 'get_columns_in_query()');
  return session.query(query).then(
    ({ columns }) => columns.map(({ name }) => name),
    (failure: unknown) => {
      throw asTemplateError(failure, query);
    },
  );
}

import {
  ColumnValue,
  type Relation,
  RelationValue,
  type Rendering,
  type Session,
  TableValue,
} from '../../core/index.ts';
import { Dict, str, TemplateError, Tuple, truthy, type Value } from '../../jinja/index.ts';
import { existingRelation, relationsOf } from './existing-relation.ts';
import { relationOf } from './relation-argument.ts';
import { countOfSchemas, schemasOf } from './schema-queries.ts';
import { asTemplateError, runStatement, sessionOf } from './session.ts';

/** A method of `adapter` that asks or changes the warehouse. */
export interface AdapterMethod {
  readonly parameters: readonly string[];
  /** What it gives while parsing, when nobody may ask. */
  readonly whileParsing: () => Value;
  readonly run: (rendering: Rendering, bound: readonly (Value | undefined)[]) => Promise<Value>;
}

const nothing = (): Value => null;
const noItems = (): Value => [];
const no = (): Value => false;

/** Methods that need the warehouse, by dbt's names. */
export const adapterMethods: Readonly<Record<string, AdapterMethod>> = {
  get_relation: {
    parameters: ['database', 'schema', 'identifier'],
    whileParsing: nothing,
    async run(rendering, [database, schema, identifier]) {
      const wanted = { database: text(database), schema: text(schema), identifier: text(identifier) };
      const found = await existingRelation(rendering, wanted, 'adapter.get_relation()');
      return found === undefined ? null : new RelationValue(found, rendering.adapter.statements);
    },
  },
  load_relation: {
    parameters: ['relation'],
    whileParsing: nothing,
    async run(rendering, [relation]) {
      const found = await existingRelation(rendering, relationOf(relation), 'adapter.load_relation()');
      return found === undefined ? null : new RelationValue(found, rendering.adapter.statements);
    },
  },
  list_relations: {
    parameters: ['database', 'schema'],
    whileParsing: noItems,
    run: (rendering, [database, schema]) => listed(rendering, text(database), text(schema)),
  },
  list_relations_without_caching: {
    parameters: ['schema_relation'],
    whileParsing: noItems,
    async run(rendering, [given]) {
      const { database, schema, quote } = relationOf(given);
      const session = sessionOf(rendering, 'adapter.list_relations_without_caching()');
      return asValues(rendering, await session.listRelations(database, schema ?? '', quote));
    },
  },
  get_columns_in_relation: {
    parameters: ['relation'],
    whileParsing: noItems,
    run: (rendering, [relation]) => columnsOf(rendering, relationOf(relation)),
  },
  get_columns_in_table: {
    parameters: ['schema', 'identifier', 'database='],
    whileParsing: noItems,
    async run(rendering, [schema, identifier, database]) {
      const ofTarget = rendering.environment.target.database;
      const relation = { database: text(database) ?? ofTarget, schema: text(schema), identifier: text(identifier) };
      return columnsOf(rendering, relation);
    },
  },
  location_exists: {
    parameters: ['location'],
    whileParsing: nothing,
    async run(rendering, [location]) {
      const session = sessionOf(rendering, 'adapter.location_exists()');
      const file = str(location ?? null).replaceAll("'", "''");
      return session.query(`select 1 from '${file}' where false`).then(
        () => true,
        () => false,
      );
    },
  },
  get_column_schema_from_query: {
    parameters: ['sql'],
    whileParsing: noItems,
    async run(rendering, [sql]) {
      const session = sessionOf(rendering, 'adapter.get_column_schema_from_query()');
      return describe(rendering, session, str(sql ?? null));
    },
  },
  get_missing_columns: {
    parameters: ['from_relation', 'to_relation'],
    whileParsing: noItems,
    async run(rendering, [from, to]) {
      const present = (await columnsOf(rendering, relationOf(to))).map((column) => column.column.name);
      return (await columnsOf(rendering, relationOf(from))).filter((column) => !present.includes(column.column.name));
    },
  },
  expand_target_column_types: {
    parameters: ['from_relation', 'to_relation'],
    whileParsing: nothing,
    run: async () => null,
  },
  valid_snapshot_target: {
    parameters: ['relation', 'column_names='],
    whileParsing: nothing,
    run: (rendering, [relation, names]) => requireVersionColumns(rendering, relationOf(relation), names, false),
  },
  assert_valid_snapshot_target_given_strategy: {
    parameters: ['relation', 'column_names', 'strategy'],
    whileParsing: nothing,
    run: (rendering, [relation, names, strategy]) => {
      const marks = strategy instanceof Dict && strategy.get('hard_deletes') === 'new_record';
      return requireVersionColumns(rendering, relationOf(relation), names, marks);
    },
  },
  check_schema_exists: {
    parameters: ['database', 'schema'],
    whileParsing: no,
    async run(rendering, [database, schema]) {
      const session = sessionOf(rendering, 'adapter.check_schema_exists()');
      if (session.schemaExists) return session.schemaExists(text(database), text(schema) ?? '', rendering.quoting);
      const { rows } = await session.query(countOfSchemas(rendering, text(database), schema));
      return Number(rows[0]?.[0]) > 0;
    },
  },
  list_schemas: {
    parameters: ['database'],
    whileParsing: noItems,
    async run(rendering, [database]) {
      const session = sessionOf(rendering, 'adapter.list_schemas()');
      const { rows } = await session.query(schemasOf(rendering, database));
      return rows.map(([name]) => String(name));
    },
  },
  already_exists: {
    parameters: ['schema', 'name'],
    whileParsing: no,
    async run(rendering, [schema, name]) {
      const { database } = rendering.environment.target;
      const wanted = { database, schema: text(schema), identifier: text(name) };
      return (await existingRelation(rendering, wanted, 'adapter.already_exists()')) !== undefined;
    },
  },
  create_schema: {
    parameters: ['relation'],
    whileParsing: nothing,
    run: (rendering, [relation]) =>
      changing(rendering, rendering.adapter.statements.createSchema(relationOf(relation))),
  },
  drop_schema: {
    parameters: ['relation'],
    whileParsing: nothing,
    async run(rendering, [given]) {
      const relation = relationOf(given);
      await changing(rendering, rendering.adapter.statements.dropSchema(relation));
      rendering.relations?.forget(relation.database, relation.schema ?? '');
      return null;
    },
  },
  drop_relation: {
    parameters: ['relation'],
    whileParsing: nothing,
    async run(rendering, [given]) {
      const relation = relationOf(given);
      if (relation.type === undefined) {
        throw new TemplateError(`Tried to drop relation ${str(given ?? null)}, but its type is null`);
      }
      await changing(rendering, rendering.adapter.statements.dropRelation(relation));
      await rendering.relations?.remove(relation);
      return null;
    },
  },
  convert_type: {
    parameters: ['agate_table', 'col_idx'],
    whileParsing: nothing,
    run: async (_, [table, index]) =>
      table instanceof TableValue ? (table.columnTypes[Number(str(index ?? null))] ?? 'text') : 'text',
  },
  truncate_relation: {
    parameters: ['relation'],
    whileParsing: nothing,
    run: (rendering, [relation]) => changing(rendering, rendering.adapter.statements.truncate(relationOf(relation))),
  },
  rename_relation: {
    parameters: ['from_relation', 'to_relation'],
    whileParsing: nothing,
    async run(rendering, [fromValue, toValue]) {
      const [from, to] = [relationOf(fromValue), relationOf(toValue)];
      await changing(rendering, rendering.adapter.statements.renameRelation(from, to));
      await rendering.relations?.remove(from);
      await rendering.relations?.put({ ...to, type: to.type ?? from.type });
      return null;
    },
  },
  execute: {
    parameters: ['sql', 'auto_begin=', 'fetch=', 'limit='],
    whileParsing: () => new Tuple([null, new TableValue([], [])]),
    async run(rendering, [sql, , fetch]) {
      const ran = await runStatement(rendering, str(sql ?? null), truthy(fetch ?? false), 'adapter.execute()');
      return new Tuple([ran.response, ran.table ?? new TableValue([], [])]);
    },
  },
  add_query: {
    parameters: ['sql', 'auto_begin=', 'bindings=', 'abridge_sql_log='],
    whileParsing: nothing,
    run: (rendering, [sql]) => changing(rendering, str(sql ?? null)),
  },
};

function text(value: Value | undefined): string | null {
  return value == null ? null : str(value);
}

async function listed(rendering: Rendering, database: string | null, schema: string | null): Promise<Value> {
  return asValues(rendering, await relationsOf(rendering, database, schema ?? '', 'adapter.list_relations()'));
}

function asValues(rendering: Rendering, relations: readonly Relation[]): Value {
  return relations.map((relation) => new RelationValue(relation, rendering.adapter.statements));
}

async function columnsOf(rendering: Rendering, relation: Relation): Promise<ColumnValue[]> {
  const session = sessionOf(rendering, 'adapter.get_columns_in_relation()');
  const columns = await session.columnsOf(relation);
  return columns.map((column) => new ColumnValue(column, rendering.adapter.statements));
}

/** Refuses a table that no snapshot has made, or one with other settings. */
async function requireVersionColumns(
  rendering: Rendering,
  relation: Relation,
  names: Value | undefined,
  marksDeleted: boolean,
): Promise<Value> {
  const known = new Set((await columnsOf(rendering, relation)).map(({ column }) => column.name.toLowerCase()));
  const wanted = ['dbt_scd_id', 'dbt_valid_from', 'dbt_valid_to', ...(marksDeleted ? ['dbt_is_deleted'] : [])];
  const called = (name: string): string => (names instanceof Dict ? str(names.get(name) ?? name) : name);
  const missing = wanted.map(called).filter((name) => !known.has(name.toLowerCase()));
  if (missing.length === 0) return null;
  const table = rendering.adapter.statements.renderRelation(relation);
  throw new TemplateError(`The table ${table} of a snapshot lacks the columns ${missing.join(', ')}`);
}

async function describe(rendering: Rendering, session: Session, sql: string): Promise<Value> {
  try {
    const columns = await session.describeQuery(sql);
    return columns.map((column) => new ColumnValue(column, rendering.adapter.statements));
  } catch (failure) {
    throw asTemplateError(failure, sql);
  }
}

async function changing(rendering: Rendering, sql: string): Promise<Value> {
  await runStatement(rendering, sql, false, 'Changing the warehouse from a template');
  return null;
}

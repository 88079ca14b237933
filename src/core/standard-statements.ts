import { type Expressions, type PortableType, standardExpressions } from './expressions.ts';
import type { Relation } from './relation.ts';
import type { DeleteMatching, MergeRequest, Statements, TableColumn } from './statements.ts';

/**
 * Statements as the SQL standard (or, where it is silent, most warehouses) has them. An adapter spreads this and
 * replaces what its warehouse says differently; its own `quote` and `renderRelation` are then used throughout:
 * `standardStatements({ renderRelation })`.
 */
export function standardStatements(
  own: Partial<Omit<Statements, 'expressions'>> = {},
  ownExpressions: Partial<Expressions> = {},
): Statements {
  const statements: Statements = {
    ...naming(() => statements),
    ...definition(() => statements),
    ...manipulation(() => statements),
    ...expressions(),
    expressions: { ...standardExpressions(() => statements), ...ownExpressions },
    ...own,
  };
  return statements;
}

function naming(self: () => Statements) {
  return {
    quote: (identifier: string) => `"${identifier.replaceAll('"', '""')}"`,
    literal: (text: string) => `'${text.replaceAll("'", "''")}'`,
    renderRelation(relation: Relation): string {
      if (relation.expression !== undefined) return relation.expression;
      const part = (name: string | null, quoted = true) => name && (quoted ? self().quote(name) : name);
      return [
        part(relation.database, relation.quote?.database),
        part(relation.schema, relation.quote?.schema),
        part(relation.identifier, relation.quote?.identifier),
      ]
        .filter(Boolean)
        .join('.');
    },
    temporaryRelation: (target: Relation): Relation => ({
      ...target,
      identifier: `${target.identifier}__dbt_tmp`,
      type: 'table',
    }),
  } satisfies Partial<Statements>;
}

/** What a warehouse calls its own tables is written as it is. */
const unquotedNames = { schema: false, identifier: false };

function definition(self: () => Statements) {
  const render = (relation: Relation) => self().renderRelation(relation);
  const schemaOf = (relation: Relation) => render({ ...relation, identifier: null, expression: undefined });
  const columnLine = ({ name, type, constraints = [], quote = true }: TableColumn) =>
    [quote ? self().quote(name) : name, type, ...constraints].join(' ');
  return {
    createSchema: (relation) => `create schema if not exists ${schemaOf(relation)}`,
    dropSchema: (relation) => `drop schema if exists ${schemaOf(relation)} cascade`,
    noteOnSchema: (schema, note) => [`comment on schema ${schemaOf(schema)} is ${self().literal(note)}`],
    notedSchemas(database) {
      const schemata = render({ database, schema: 'information_schema', identifier: 'schemata', quote: unquotedNames });
      return `select schema_name, comment\nfrom ${schemata}\nwhere comment is not null\norder by schema_name`;
    },
    createTableAs: (relation, sql, { temporary = false, replace = false } = {}) =>
      `create ${replace ? 'or replace ' : ''}${temporary ? 'temporary ' : ''}table ${render(relation)} as (\n${sql}\n)`,
    createViewAs: (relation, sql, { replace = false } = {}) =>
      `create ${replace ? 'or replace ' : ''}view ${render(relation)} as (\n${sql}\n)`,
    createTable(relation, columns, { temporary = false, replace = false, constraints = [], definition } = {}) {
      const lines = [...columns.map(columnLine), ...constraints].map((line) => `  ${line}`);
      const what = `${replace ? 'or replace ' : ''}${temporary ? 'temporary ' : ''}table`;
      return `create ${what} ${render(relation)} ${definition ?? `(\n${lines.join(',\n')}\n)`}`;
    },
    dropRelation: (relation) => `drop ${kindOf(relation)} if exists ${render(relation)} cascade`,
    renameRelation: (from, to) => `alter ${kindOf(from)} ${render(from)} rename to ${render(to)}`,
    addColumns: (relation, columns) =>
      columns.map((column) => `alter table ${render(relation)} add column ${columnLine(column)}`),
    dropColumns: (relation, columns) =>
      columns.map(({ name }) => `alter table ${render(relation)} drop column ${self().quote(name)}`),
    alterColumnType: (relation, { name, type }) => [
      `alter table ${render(relation)} alter column ${self().quote(name)} set data type ${type}`,
    ],
    commentOnRelation: (relation, text) =>
      `comment on ${kindOf(relation)} ${render(relation)} is ${self().literal(text)}`,
    commentOnColumns: (relation, columns) =>
      [...columns].map(
        ([name, text]) => `comment on column ${render(relation)}.${self().quote(name)} is ${self().literal(text)}`,
      ),
  } satisfies Partial<Statements>;
}

function manipulation(self: () => Statements) {
  const render = (relation: Relation) => self().renderRelation(relation);
  const list = (columns: readonly string[]) => columns.map((column) => self().quote(column)).join(', ');
  return {
    truncate: (relation) => `truncate table ${render(relation)}`,
    insertFrom: (target, columns, source) =>
      `insert into ${render(target)} (${list(columns)})\nselect ${list(columns)}\nfrom ${render(source)}`,
    insertQuery: (target, columns, sql, from = columns) =>
      `insert into ${render(target)} (${list(columns)})\nselect ${list(from)}\nfrom (\n${sql}\n) as DBT_INTERNAL_SOURCE`,
    deleteMatching({ target, source, uniqueKey, predicates }: DeleteMatching) {
      const key = uniqueKey.join(', ');
      const matches = `(${key}) in (\n  select distinct ${key}\n  from ${render(source)} as DBT_INTERNAL_SOURCE\n)`;
      return `delete from ${render(target)} as DBT_INTERNAL_DEST\nwhere ${[matches, ...predicates].join('\nand ')}`;
    },
    deletePartitions({ target, source, uniqueKey, predicates }: DeleteMatching) {
      const keys = uniqueKey.map((key, index) => `${key} as partition_key_${index + 1}`);
      const same = uniqueKey.map(
        (key, index) => `DBT_INTERNAL_SOURCE.partition_key_${index + 1} is not distinct from ${key}`,
      );
      const exists = [
        'exists (',
        '  select 1',
        `  from (select distinct ${keys.join(', ')} from ${render(source)}) as DBT_INTERNAL_SOURCE`,
        `  where ${same.join('\n  and ')}`,
        ')',
      ].join('\n');
      return `delete from ${render(target)} as DBT_INTERNAL_DEST\nwhere ${[exists, ...predicates].join('\nand ')}`;
    },
    deleteWhere: (relation, predicates) =>
      predicates.length === 0
        ? `delete from ${render(relation)}`
        : `delete from ${render(relation)}\nwhere ${predicates.join('\nand ')}`,
    merge: (request) => mergeStatement(self(), request),
    updateFrom({ target, source, uniqueKey, predicates, assignments }) {
      const matches = uniqueKey.map((key) => `DBT_INTERNAL_SOURCE.${key} = DBT_INTERNAL_DEST.${key}`);
      return [
        `update ${render(target)} as DBT_INTERNAL_DEST`,
        `set ${[...assignments].map(([column, value]) => `${column} = ${value}`).join(', ')}`,
        `from ${render(source)} as DBT_INTERNAL_SOURCE`,
        `where ${[...matches, ...predicates].join('\nand ')}`,
      ].join('\n');
    },
    begin: () => 'begin',
    commit: () => 'commit',
    rollback: () => 'rollback',
    limited: (sql, limit) => `select *\nfrom (\n${sql}\n) as limited_rows\nlimit ${limit}`,
  } satisfies Partial<Statements>;
}

function mergeStatement(statements: Statements, request: MergeRequest): string {
  const { target, source, uniqueKey, predicates, updateColumns, setExpressions } = request;
  const quote = (name: string) => statements.quote(name);
  const matches = uniqueKey.map((key) => `DBT_INTERNAL_SOURCE.${key} = DBT_INTERNAL_DEST.${key}`);
  const conditions = [...(matches.length > 0 ? matches : ['false']), ...predicates];
  const updates = [
    ...[...(setExpressions ?? [])].map(([column, expression]) => `${quote(column)} = ${expression}`),
    ...updateColumns
      .filter((column) => !setExpressions?.has(column))
      .map((column) => `${quote(column)} = DBT_INTERNAL_SOURCE.${quote(column)}`),
  ];
  return [
    `merge into ${statements.renderRelation(target)} as DBT_INTERNAL_DEST`,
    `using ${statements.renderRelation(source)} as DBT_INTERNAL_SOURCE`,
    `on (${conditions.join(')\nand (')})`,
    ...(request.branches ?? branches(request, updates, quote)),
  ].join('\n');
}

function branches(
  { columns, updateCondition, insertCondition }: MergeRequest,
  updates: readonly string[],
  quote: (name: string) => string,
): string[] {
  const and = (condition: string | undefined) => (condition === undefined ? '' : ` and ${condition}`);
  return [
    ...(updates.length > 0
      ? [`when matched${and(updateCondition)} then update set`, `  ${updates.join(',\n  ')}`]
      : []),
    `when not matched${and(insertCondition)} then insert`,
    `  (${columns.map(quote).join(', ')})`,
    'values',
    `  (${columns.map((column) => `DBT_INTERNAL_SOURCE.${quote(column)}`).join(', ')})`,
  ];
}

const typeNames: Record<PortableType, string> = {
  string: 'TEXT',
  timestamp: 'timestamp',
  float: 'float',
  numeric: 'numeric(28,6)',
  bigint: 'bigint',
  int: 'integer',
  boolean: 'boolean',
  date: 'date',
};

function expressions() {
  return {
    currentTimestamp: () => 'current_timestamp',
    dateAdd: (part, interval, from) => `${from} + (${interval}) * interval '1' ${part}`,
    instant: (at) =>
      `'${at
        .toISOString()
        .replace('T', ' ')
        .replace(/(\.000)?Z$/, '+00:00')}'`,
    constraintTarget: (relation) => relation,
    typeName: (type) => typeNames[type],
  } satisfies Partial<Statements>;
}

function kindOf(relation: Relation): string {
  if (relation.type === 'view') return 'view';
  if (relation.type === 'materialized_view') return 'materialized view';
  if (relation.type === 'dynamic_table') return 'dynamic table';
  return 'table';
}

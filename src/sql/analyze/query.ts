import { startFlow } from '../lineage/index.ts';
import {
  emptyFrame,
  type Frame,
  findTable,
  foldName,
  type Relation,
  type RelationColumn,
  type Scope,
  startLevel,
  type Tables,
} from '../names/index.ts';
import type { CommonTable, Query, QueryBody, SetOperation, TableQuery } from '../tree.ts';
import { derived } from './aliased.ts';
import type { Context, FromScope, QueryScope } from './context.ts';
import { lateralScope } from './lateral.ts';
import { readOrderBy } from './order-by.ts';
import { pivotedRelation } from './pivot.ts';
import { selectRelation } from './select.ts';
import { type Arm, combineArms } from './set-operation.ts';
import { shownRelation } from './shown.ts';
import { valuesRelation } from './values.ts';
import { readRecursive, readWith } from './with.ts';

/** Looks through a query: its common tables, its body, and what stands behind it. */
export function queryRelation(context: Context, query: Query, around: QueryScope, self?: CommonTable): Relation {
  const tables: Tables | undefined = query.with
    ? readWith(context, query.with, around, (inner, table, scope, recursive) =>
        queryRelation(inner, table.query, scope, recursive ? table : undefined),
      )
    : around.tables;
  const within: QueryScope = { ...around, tables };
  const { body } = query;
  const named: RelationColumn[] = [];
  const relation =
    body.kind === 'select'
      ? selectRelation(context, body, within, query)
      : bodyRelation(context, body, within, self, named);
  const ordered = body.kind !== 'select' && query.orderBy.length > 0;
  if (!ordered && !query.limit && !query.offset) return relation;
  const scope = outputScope(within, relation, named);
  if (ordered) readOrderBy(context, query.orderBy, scope, relation);
  for (const part of [query.limit, query.offset]) {
    if (part) context.value(part, { ...scope, frame: emptyFrame, clause: 'limit' }, startFlow());
  }
  return relation;
}

/** ORDER BY behind a set operation sees only what comes out, under the name that any arm gives it. */
function outputScope(around: QueryScope, relation: Relation, named: readonly RelationColumn[]): Scope {
  const level = startLevel([], false, () => '');
  const frame: Frame = {
    sources: [
      { path: [], qualifiable: false, title: 'the result', relation: withNames(relation, named), nullable: false },
    ],
    merged: [],
  };
  return { ...around, frame, level, clause: 'order by' };
}

function withNames(relation: Relation, named: readonly RelationColumn[]): Relation {
  const own = new Set(relation.columns.map(({ key }) => key));
  const others = new Map(named.map((column) => [column.key, column]));
  return { ...relation, columns: [...relation.columns, ...[...others.values()].filter(({ key }) => !own.has(key))] };
}

/** @param named - Gets the columns of a set operation's arms, by whose names ORDER BY may call the result's too. */
function bodyRelation(
  context: Context,
  body: QueryBody,
  around: QueryScope,
  self?: CommonTable,
  named: RelationColumn[] = [],
): Relation {
  switch (body.kind) {
    case 'select':
      return selectRelation(context, body, around, { orderBy: [] });
    case 'set-operation':
      return self ? recursiveRelation(context, body, around, self, named) : setRelation(context, body, around, named);
    case 'values':
      return valuesRelation(context, body, around);
    case 'nested-query':
      return context.query(body.query, around);
    case 'table-query':
      return tableRelation(context, body, around);
    case 'pivot-query': {
      const from = fromScope(around);
      const frame = context.table(body.table, from);
      return derived(context, pivotedRelation(context, body.pivot, { ...lateralScope(from), frame }));
    }
    case 'show-query':
      return shownRelation(context, body, around);
    case 'bad-query':
      return { columns: [], open: true };
  }
}

const fromScope = (around: QueryScope): FromScope => ({
  ...around,
  before: emptyFrame,
  level: startLevel([], false, () => ''),
  later: [],
});

function setRelation(
  context: Context,
  body: SetOperation,
  around: QueryScope,
  named: RelationColumn[],
  known?: Relation,
): Relation {
  const first = known ?? bodyRelation(context, body.first, around);
  const arms = body.rest.map(({ operator, byName, body: arm }): Arm => {
    return { operator, byName, place: arm, relation: bodyRelation(context, arm, around) };
  });
  for (const { relation } of arms) named.push(...relation.columns);
  return combineArms(context, first, arms, around);
}

function recursiveRelation(
  context: Context,
  body: SetOperation,
  around: QueryScope,
  self: CommonTable,
  named: RelationColumn[],
): Relation {
  return readRecursive(context, self, body, around, (first, scope) =>
    first ? setRelation(context, body, scope, named, first) : bodyRelation(context, body.first, scope),
  );
}

function tableRelation(context: Context, { name, start, end }: TableQuery, around: QueryScope): Relation {
  const common =
    name.parts.length === 1 ? findTable(around.tables, foldName(name.parts[0]!, context.rules)) : undefined;
  if (common) around.reads.others.add(common.reads);
  if (common) return common.relation;
  const frame = context.table({ kind: 'table', name, start, end }, fromScope(around));
  return derived(context, frame.sources[0]?.relation ?? { columns: [], open: true });
}

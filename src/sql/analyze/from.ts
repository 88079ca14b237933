import { startFlow } from '../lineage/index.ts';
import {
  beside,
  emptyFrame,
  type Frame,
  foldName,
  type Relation,
  type Scope,
  type Source,
  startLevel,
  storedName,
} from '../names/index.ts';
import type { DerivedTable, TableAlias, TableExpression } from '../tree.ts';
import { aliased, derived } from './aliased.ts';
import type { Context, FromScope } from './context.ts';
import { readJoin } from './join.ts';
import { lateralScope } from './lateral.ts';
import { matchedFrame } from './match-recognize.ts';
import { pivotedRelation } from './pivot.ts';
import { openRelation } from './relations.ts';
import { expandStar } from './star.ts';
import { tableFrame } from './table.ts';
import { functionRelation } from './table-function.ts';

type Readers = {
  readonly [K in TableExpression['kind']]: (
    context: Context,
    table: Extract<TableExpression, { readonly kind: K }>,
    around: FromScope,
  ) => Frame;
};

const readers: Readers = {
  table: tableFrame,
  'derived-table': (context, table, around) => {
    const relation = derivedRelation(context, table, around);
    return single(context, relation, table.alias, undefined, unnamedPath(context, around));
  },
  'table-function': (context, table, around) => {
    const { relation, name } = functionRelation(context, table, lateralScope(around));
    return single(context, relation, table.alias, name);
  },
  'stage-table': (context, table) => single(context, openRelation(context, table.location), table.alias),
  join: readJoin,
  'nested-table': (context, table, around) => {
    const frame = context.table(table.table, around);
    return table.alias?.name ? aliasedFrame(context, frame, table.alias, { ...lateralScope(around), frame }) : frame;
  },
  'pivoted-table': (context, table, around) => {
    const frame = context.table(table.table, around);
    const scope: Scope = { ...lateralScope(around), frame, level: ownLevel() };
    const name = frame.sources.length === 1 ? frame.sources[0] : undefined;
    const relation = derived(context, pivotedRelation(context, table.pivot, scope));
    return single(context, relation, table.alias, undefined, name?.path);
  },
  'match-recognize': (context, table, around) => {
    const frame = context.table(table.table, around);
    return single(
      context,
      matchedFrame(context, table, { ...lateralScope(around), frame, level: ownLevel() }),
      table.alias,
    );
  },
  'semantic-view': (context, table) => {
    const name = table.name.parts.map((part) => storedName(part, context.rules)).join('.');
    return single(context, openRelation(context, name), table.alias);
  },
  'bad-table': () => ({
    sources: [{ path: [], qualifiable: true, title: '', relation: { columns: [], open: true }, nullable: true }],
    merged: [],
  }),
};

/** Aggregates inside PIVOT and MATCH_RECOGNIZE are not the query's own. */
const ownLevel = () => startLevel([], false, () => '');

/** Looks through one table expression of FROM. */
export function readTable(context: Context, table: TableExpression, around: FromScope): Frame {
  const reader = readers[table.kind] as (context: Context, table: TableExpression, around: FromScope) => Frame;
  const sample = 'sample' in table ? table.sample : undefined;
  if (sample) context.value(sample.size, { ...lateralScope(around), frame: emptyFrame, clause: 'limit' }, startFlow());
  return reader(context, table, around);
}

/** Looks through FROM. A table sees those before it if it is lateral. */
export function readFrom(context: Context, tables: readonly TableExpression[], around: FromScope): Frame {
  let frame = emptyFrame;
  for (const table of tables) {
    frame = beside(frame, context.table(table, { ...around, before: beside(around.before, frame) }));
  }
  return frame;
}

/** Joins in parentheses with an alias: it stands for all of their columns, beside the aliases inside. */
function aliasedFrame(context: Context, frame: Frame, alias: TableAlias, scope: Scope): Frame {
  const whole = expandStar(
    context,
    { kind: 'star', qualifier: [], exclude: [], replace: [], rename: [], start: -1, end: -1 },
    scope,
  );
  const outside = single(context, derived(context, whole), alias);
  if (alias.columns.length > 0) return outside;
  return { ...frame, sources: [...frame.sources, ...outside.sources.map((source) => ({ ...source, hidden: true }))] };
}

/** What a subquery without alias is called. */
function unnamedPath({ rules }: Context, { before }: FromScope): readonly string[] {
  const { unnamedSubquery } = rules;
  if (unnamedSubquery === undefined) return [];
  const others = before.sources.filter(({ path }) => path[0]?.startsWith(unnamedSubquery)).length;
  return [others === 0 ? unnamedSubquery : `${unnamedSubquery}${others + 1}`];
}

function derivedRelation(context: Context, table: DerivedTable, around: FromScope): Relation {
  const lateral = table.lateral || context.rules.lateralByItself;
  const seesTables = lateral && around.before.sources.length > 0;
  const outer = seesTables ? lateralScope(around) : around.outer;
  return derived(context, context.query(table.query, { outer, tables: around.tables, reads: around.reads }));
}

/** A frame of one relation under its alias, or its own name. */
function single(
  context: Context,
  relation: Relation,
  alias: TableAlias | undefined,
  name?: string,
  path?: readonly string[],
): Frame {
  const named = alias?.name;
  const own = path ?? (name === undefined ? [] : [foldName({ text: name, quoted: false }, context.rules)]);
  const source: Source = {
    path: named ? [foldName(named, context.rules)] : own,
    qualifiable: false,
    title: named?.text ?? name ?? own.at(-1) ?? '',
    relation: aliased(context, relation, alias),
    nullable: false,
  };
  return { sources: [source], merged: [] };
}

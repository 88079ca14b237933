import { type BaseColumn, closeRecursion, startReads } from '../lineage/index.ts';
import { type DefinedTable, foldName, type Relation, type RelationColumn, type Tables } from '../names/index.ts';
import type { CommonTable, SetOperation, With } from '../tree.ts';
import { derived, renamed } from './aliased.ts';
import { type Context, type QueryScope, report, warn } from './context.ts';

/** How a query's body is looked through, with the tables of its own WITH; `self` is the name that it may read itself by. */
export type QueryReader = (context: Context, table: CommonTable, around: QueryScope, recursive: boolean) => Relation;

/** Looks through the common tables in order, so that each sees those before it. */
export function readWith(context: Context, clause: With, around: QueryScope, read: QueryReader): Tables {
  const tables: Tables = { own: new Map(), outer: around.tables };
  for (const definition of clause.tables) {
    const key = foldName(definition.name, context.rules);
    const before = tables.own.get(key);
    if (before) {
      const tell = context.rules.distinctTables ? report : warn;
      tell(context, 'sql/duplicate-name', definition.name, `WITH defines "${definition.name.text}" twice.`);
    }
    tables.own.set(key, defined(context, clause, definition, key, { ...around, tables }, read));
  }
  return tables;
}

function defined(
  context: Context,
  clause: With,
  definition: CommonTable,
  key: string,
  around: QueryScope,
  read: QueryReader,
): DefinedTable {
  const reads = startReads();
  const outside = context.problems;
  context.problems = [];
  const { body } = definition.query;
  const recursive = body.kind === 'set-operation' && (clause.recursive || context.rules.recursionByItself);
  const result = read(context, definition, { ...around, reads }, recursive);
  const relation = renamed(context, derived(context, result), definition.columns, false);
  context.unchecked.push({ reads, problems: context.problems, definition });
  context.problems = outside;
  return { key, definition, relation, reads };
}

/** Reads the arms of a recursive common table: the first one, then the others, which see what the first one gave. */
export function readRecursive(
  context: Context,
  table: CommonTable,
  body: SetOperation,
  around: QueryScope,
  readArms: (first: Relation | undefined, around: QueryScope) => Relation,
): Relation {
  const first = renamed(context, derived(context, readArms(undefined, around)), table.columns, false);
  const base = { name: table.name.text, known: true, recursion: true };
  const own = first.columns.map(({ name }): BaseColumn => ({ relation: base, name }));
  const seen = first.columns.map((column, index): RelationColumn => {
    return { ...column, nullable: true, lineage: new Map([[own[index]!, 'copied']]) };
  });
  const key = foldName(table.name, context.rules);
  const self: DefinedTable = { key, definition: table, relation: { ...first, columns: seen }, reads: around.reads };
  const tables: Tables = { own: new Map([[key, self]]), outer: around.tables };
  const whole = readArms(first, { ...around, tables });
  const lineages = closeRecursion(
    own,
    whole.columns.slice(0, own.length).map(({ lineage }) => lineage),
  );
  for (const [index, column] of own.entries()) context.recursions.set(column, lineages[index]!);
  const columns = whole.columns.map((column, index): RelationColumn => {
    const firm = first.columns[index];
    const lineage = lineages[index] ?? column.lineage;
    return body.rest.length > 0 && firm ? { ...column, type: firm.type, lineage } : { ...column, lineage };
  });
  return { ...whole, columns };
}

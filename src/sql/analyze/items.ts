import { startFlow } from '../lineage/index.ts';
import {
  type Alias,
  type Contents,
  foldName,
  type Relation,
  type RelationColumn,
  type Scope,
  storedName,
} from '../names/index.ts';
import type { Call, Expression, SelectItem, Unary } from '../tree.ts';
import { settledType, unknownType } from '../types/index.ts';
import { type Context, report } from './context.ts';
import { expressionName } from './expression-name.ts';
import { repeatedColumns } from './repeated-columns.ts';
import { expandStar } from './star.ts';
import { walk } from './walk.ts';

export type OutputColumn = RelationColumn & Contents;

/** Output columns of a SELECT, and what each item became. */
export interface Items {
  readonly relation: Relation;
  /** The item of each output column; undefined for those of stars. */
  readonly items: readonly (SelectItem | undefined)[];
}

const noAliases: ReadonlyMap<string, Alias> = new Map();

/** The aliases that the items of a SELECT define. Each is looked through once, when first needed. */
export function aliasesOf(context: Context, items: readonly SelectItem[], scope: () => Scope): Map<string, Alias> {
  const aliases = new Map<string, Alias>();
  items.forEach((item, position) => {
    if (!item.alias || isRepeated(context, item.expression)) return;
    let column: OutputColumn | undefined;
    let busy = false;
    const alias: Alias = {
      position,
      expression: item.expression,
      column: () => {
        if (busy || column) return column;
        busy = true;
        column = soleColumn(context, item, atItem(scope(), position));
        busy = false;
        return column;
      },
    };
    const key = foldName(item.alias, context.rules);
    if (!aliases.has(key)) aliases.set(key, alias);
  });
  return aliases;
}

/** Looks through the items of a SELECT in order. */
export function readItems(context: Context, items: readonly SelectItem[], scope: Scope): Items {
  const columns: RelationColumn[] = [];
  const owners: (SelectItem | undefined)[] = [];
  let open = false;
  let base: Relation['base'];
  items.forEach((item, position) => {
    const within = atItem(scope, position);
    if (!isMultiple(context, item.expression)) {
      const alias = item.alias && scope.aliases?.get(foldName(item.alias, context.rules));
      const known = alias?.position === position ? alias.column() : undefined;
      columns.push(known ?? outputColumn(context, item, within));
      owners.push(item);
      return;
    }
    const several = severalColumns(context, item, within);
    for (const column of several.columns) {
      columns.push(column);
      owners.push(undefined);
    }
    if (several.open) base = open ? undefined : several.base;
    open ||= several.open;
  });
  const [first] = items;
  if (columns.length === 0 && !open && first?.expression.kind === 'star') {
    report(context, 'sql/empty-star', first.expression, 'This star has no columns left.');
  }
  return { relation: { columns, open, ...(base ? { base } : {}) }, items: owners };
}

/** The scope of a SELECT at one of its items. Written out, because a spread with a member behind it is slow. */
function atItem(scope: Scope, position: number): Scope {
  const { outer, frame, tables, reads, level, clause, aliases = noAliases } = scope;
  return { outer, frame, tables, reads, level, clause, aliases, aliasesBefore: position };
}

function outputColumn(context: Context, item: SelectItem, scope: Scope): OutputColumn {
  const { level } = scope;
  const [aggregates, windows] = [level.aggregates, level.windows];
  const flow = startFlow();
  const { type, nullable } = context.value(item.expression, scope, flow);
  const { name, key, named } = nameOf(context, item);
  return {
    name,
    key,
    named,
    type: settledType(type),
    nullable,
    lineage: flow.into,
    place: item.expression,
    aggregates: level.aggregates > aggregates,
    windows: level.windows > windows,
  };
}

function nameOf(context: Context, { alias, expression }: SelectItem): Pick<RelationColumn, 'name' | 'key' | 'named'> {
  const { rules } = context;
  if (alias) return { name: storedName(alias, rules), key: foldName(alias, rules), named: true };
  return expressionName(context, expression);
}

function isMultiple(context: Context, expression: Expression): boolean {
  return isRepeated(context, expression) || (context.rules.columnsExpression && isUnnest(expression));
}

/** Whether it is written once for several columns. */
function isRepeated(context: Context, expression: Expression): boolean {
  return expression.kind === 'star' || (context.repeats && columnsCallIn(expression) !== undefined);
}

/** The output column of an item that is known to give one, or what is called by its alias. */
function soleColumn(context: Context, item: SelectItem, scope: Scope): OutputColumn {
  const column = outputColumn(context, item, scope);
  if (!isMultiple(context, item.expression)) return column;
  const { columns, open } = unnested(context, item, scope);
  return { ...column, type: (!open && columns[0]?.type) || unknownType };
}

const isUnnest = (expression: Expression): expression is Call =>
  expression.kind === 'call' && expression.name.parts.at(-1)?.text.toLowerCase() === 'unnest';

/** The first `COLUMNS(…)` in an expression. */
function columnsCallIn(expression: Expression): Call | undefined {
  let found: Call | undefined;
  if (expression.kind === 'column') return undefined;
  walk(expression, (node) => {
    if (node.kind === 'query' || found || isUnpacked(node)) return false;
    const call = node as Call;
    if (call.kind === 'call' && call.name.parts.length === 1 && call.name.parts[0]?.text.toLowerCase() === 'columns') {
      found = call;
    }
    return !found;
  });
  return found;
}

/** `*COLUMNS(…)` and `UNPACK(COLUMNS(…))` put all columns into one place. */
function isUnpacked(node: { readonly kind?: string }): boolean {
  const { kind } = node;
  if (kind === 'unary') return (node as Unary).operator === '*';
  return kind === 'call' && (node as Call).name.parts.at(-1)?.text.toLowerCase() === 'unpack';
}

function severalColumns(context: Context, item: SelectItem, scope: Scope): Relation {
  const { expression } = item;
  if (expression.kind === 'star') {
    const { columns, ...rest } = expandStar(context, expression, scope);
    if (item.alias) return { columns: [], open: true };
    return { columns, ...rest };
  }
  const call = columnsCallIn(expression);
  if (!call) return unnested(context, item, scope);
  const repeated = repeatedColumns(context, call, scope);
  const columns = repeated.columns.map((column): RelationColumn => {
    const output = outputColumn(context, { ...item, expression }, { ...scope, repeated: column });
    if (item.alias) return { ...output, named: !item.alias.text.includes('\\') };
    return { ...output, name: column.name, key: column.key, named: call === expression };
  });
  return { columns, open: repeated.open };
}

/** `UNNEST` gives one column for a list, and one for each member of a structured value. */
function unnested(context: Context, item: SelectItem, scope: Scope): Relation {
  const column = outputColumn(context, item, scope);
  const [argument, ...others] = (item.expression as Call).arguments;
  const unclear: Relation = { columns: [], open: true };
  if (!argument || others.length > 0 || argument.value.kind === 'query') return unclear;
  const { type } = context.value(argument.value, scope, startFlow());
  if (type.kind === 'array') {
    return { columns: [{ ...column, type: type.element ?? column.type, nullable: true }], open: false };
  }
  if (type.kind !== 'struct') return unclear;
  const columns = type.fields.map(({ name: written, type: inner }, index) => {
    const name = written || `element${index + 1}`;
    return { ...column, name, key: name.toLowerCase(), named: true, type: inner, nullable: true };
  });
  return { columns, open: false };
}

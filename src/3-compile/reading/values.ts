import {
  type Call,
  type Column,
  type Expression,
  foldName,
  type Identifier,
  type Query,
  type SortItem,
  type Table,
} from '../../sql/index.ts';
import { additionOf, floorUnit, isExpression, lengthOf, nameOf, stepOfLength, stepOfType } from './moments.ts';
import { readSubquery, type Scope, type Source } from './reader.ts';
import {
  contentOf,
  hashOf,
  type Rows,
  type Scan,
  settled,
  unclear,
  type Value,
  withStep,
  workedOut,
} from './relation.ts';
import { sameMeaning } from './same-meaning.ts';

/** What is known of an expression's value. */
export function readValue(expression: Expression, scope: Scope): Value {
  switch (expression.kind) {
    case 'parenthesized':
      return readValue(expression.expression, scope);
    case 'column':
      return columnValue(expression.parts, scope);
    case 'cast': {
      const step = stepOfType(expression.type.name);
      if (step === undefined) break;
      const inner = readValue(expression.operand, scope);
      const { type, format, modifiers } = expression;
      const how = [expression.syntax === 'try_cast', look([type, format, modifiers], scope).data];
      return withStep(inner, step, hashOf('cast', how, inner.mark));
    }
    case 'binary': {
      const length = lengthOf(expression.operator, expression.right);
      if (length === undefined) break;
      const inner = readValue(expression.left, scope);
      return withStep(inner, stepOfLength(length), hashOf('add', length, inner.mark));
    }
    case 'call':
      return callValue(expression, scope) ?? otherValue(expression, scope);
  }
  return otherValue(expression, scope);
}

function callValue(call: Call, scope: Scope): Value | undefined {
  if (call.over) return undefined;
  const name = nameOf(call);
  const values = call.arguments.map(({ value }) => value);
  const added = additionOf(call);
  if (added) {
    const inner = readValue(added.to, scope);
    return withStep(inner, stepOfLength(added.length), hashOf('add', name, added.length, inner.mark));
  }
  const unit = name === 'date_trunc' || name === 'datetrunc' ? floorUnit(call) : undefined;
  const floored = unit ? values[1] : name === 'date' || name === 'to_date' ? values[0] : undefined;
  if (floored && isExpression(floored) && values.length === (unit ? 2 : 1)) {
    const inner = readValue(floored, scope);
    return withStep(inner, { kind: 'floor', unit: unit ?? 'day' }, hashOf(name, unit, inner.mark));
  }
  if (name !== 'coalesce' || !values.every(isExpression)) return undefined;
  const [first, ...others] = values.map((value) => readValue(value as Expression, scope));
  if (!first) return undefined;
  const mark = hashOf('coalesce', first.mark, ...others.map((other) => other.mark));
  return { ...workedOut([first, ...others], mark), traces: first.traces };
}

function otherValue(expression: Expression, scope: Scope): Value {
  const { data, values, gathers } = look(expression, scope);
  const mark = hashOf('value', data);
  return gathers ? settled(mark) : workedOut(values, mark);
}

/** What a part of a query says, whatever its columns are called. */
export interface Looked {
  /** The same for parts that say the same. */
  readonly data: unknown;
  /** Of all columns in it. */
  readonly values: readonly Value[];
  /** Whether it makes one value of several rows. */
  readonly gathers: boolean;
  /** Whether it makes several rows of one. */
  readonly multiplies: boolean;
}

/** Looks through any part of a query, and through the queries in it. */
export function look(part: unknown, scope: Scope): Looked {
  const values: Value[] = [];
  let gathers = false;
  let multiplies = false;
  const dataOf = (node: unknown): unknown => {
    if (typeof node !== 'object' || node === null) return node;
    if (Array.isArray(node)) return node.map(dataOf);
    const { kind } = node as { readonly kind?: string };
    if (kind === 'column') {
      const value = columnValue((node as Column).parts, scope);
      values.push(value);
      return { mark: value.mark };
    }
    if (kind === 'query') return queryData(node as Query, scope);
    if (kind === 'identifier') return foldName(node as Identifier, scope.reader.dialect.names);
    if (kind === 'call' && isGathering(node as Call, scope)) gathers = true;
    if (kind === 'call' && nameOf(node as Call) === 'unnest') multiplies = true;
    if (kind === 'table') return [tableData(node as Table, scope), partsOf(node, new Set([...ignored, 'name']))];
    // A row as a whole, but where its rows are only counted.
    if (kind === 'star' || kind === 'positional-column') return [partsOf(node, ignored), rowData(scope)];
    if (isCount(node)) return ['count', partsOf(node, new Set([...ignored, 'arguments']))];
    return sameMeaning(node, dataOf) ?? partsOf(node, ignored);
  };
  const partsOf = (node: object, without: ReadonlySet<string>): unknown =>
    Object.entries(node).flatMap(([key, value]) => (without.has(key) ? [] : [[key, dataOf(value)]]));
  const data = dataOf(part);
  return { data, values, gathers, multiplies };
}

const ignored = new Set(['start', 'end', 'comments', 'keyword', 'words', 'aliasFirst', 'fromFirst', 'bare', 'arrow']);

/** A table by what it is, whatever its database and its schema are called. */
function tableData({ name }: Table, { reader }: Scope): unknown {
  const keys = name.parts.map((part) => foldName(part, reader.dialect.names));
  return reader.table(keys)?.name ?? keys;
}

const rowData = ({ sources }: Scope): unknown => sources.map(({ path, rows }) => [path, contentOf(rows)]);

function isCount(node: object): boolean {
  const { kind, name, arguments: given } = node as Partial<Call>;
  if (kind !== 'call' || !name || given?.length !== 1) return false;
  const value = given[0]?.value;
  return nameOf(node as Call) === 'count' && value?.kind === 'star' && value.qualifier.length === 0;
}

/** The order of what a query gives, by names, expressions or places. */
export function sortData(items: readonly SortItem[], scope: Scope, { columns, ...rows }: Rows): unknown {
  return items.map(({ expression, direction, nulls }) => {
    const position = expression.kind === 'number' ? Number(expression.text) : undefined;
    const key =
      position === undefined
        ? look(expression, scope).data
        : ([...columns.values()][position - 1]?.mark ?? contentOf({ columns, ...rows }));
    return [key, direction === 'desc', nulls ?? null];
  });
}

function queryData(query: Query, scope: Scope): unknown {
  const rows = readSubquery(query, scope);
  return { shape: rows.shape, columns: [...rows.columns.values()].map(({ mark }) => mark) };
}

/** Aggregates and window functions. */
function isGathering(call: Call, { reader }: Scope): boolean {
  const kinds = call.over ? undefined : reader.dialect.functions.find(nameOf(call))?.kinds;
  return call.over !== undefined || (kinds?.has('aggregate') === true && !kinds.has('scalar'));
}

/** What a column's name means: of the nearest query that has it. */
export function columnValue(parts: readonly Identifier[], scope: Scope): Value {
  const keys = parts.map((part) => foldName(part, scope.reader.dialect.names));
  const found = valueFrom(keys, scope);
  if (found) return found;
  // A table's name stands for its rows.
  const row = scope.sources.find(({ path }) => path.at(-1) === keys[0]);
  return settled(hashOf('unknown', keys, row ? contentOf(row.rows) : null));
}

/** A table whose columns nobody lists may have any column, and so it may be that of a query around it which is meant. */
function valueFrom(keys: readonly string[], scope: Scope | undefined): Value | undefined {
  if (!scope) return undefined;
  const known = qualifiedValue(keys, scope) ?? listedValue(keys, scope);
  if (known) return known;
  const own = unlistedValue(keys, scope);
  const found = valueFrom(keys, scope.outer);
  // The same table may stand here and there.
  const around = found && { ...found, mark: hashOf('outer', found.mark) };
  if (!own || !around) return own ?? around;
  const isNamed = keys.length > 1 && isTable(keys[0], scope.outer);
  return isNamed ? around : { ...own, mark: hashOf('ambiguous', own.mark, around.mark) };
}

/** Whether a table around is called so: its name before a column is no column itself. */
function isTable(key: string | undefined, scope: Scope | undefined): boolean {
  return scope !== undefined && (scope.sources.some(({ path }) => path.at(-1) === key) || isTable(key, scope.outer));
}

function qualifiedValue(keys: readonly string[], { sources }: Scope): Value | undefined {
  for (let length = keys.length - 1; length > 0; length -= 1) {
    const source = sources.find(({ path }) => isCalled(path, keys.slice(0, length)));
    const value = source && valueIn(source, keys[length]!);
    if (value) return length === keys.length - 1 ? value : memberOf(value, keys);
  }
  return undefined;
}

const isCalled = (path: readonly string[], qualifier: readonly string[]): boolean =>
  path.length > 0 && qualifier.toReversed().every((key, back) => (path.at(-1 - back) ?? key) === key);

function listedValue(keys: readonly string[], { sources, merged, alias }: Scope): Value | undefined {
  const [key = ''] = keys;
  const isOpen = sources.some(({ rows }) => rows.unlisted);
  return withMembers(merged.get(key) ?? listed(key, sources) ?? (isOpen ? undefined : alias?.(key)), keys);
}

function unlistedValue(keys: readonly string[], { sources, alias }: Scope): Value | undefined {
  const [key = ''] = keys;
  return withMembers(eitherOf(alias?.(key), unlisted(key, sources)), keys);
}

const withMembers = (found: Value | undefined, keys: readonly string[]): Value | undefined =>
  found && (keys.length > 1 ? memberOf(found, keys) : found);

const memberOf = (value: Value, keys: readonly string[]): Value =>
  workedOut([value], hashOf('member', keys, value.mark));

/** A table whose columns nobody lists may have one that is called like a column of the result; then that one is meant. */
function eitherOf(named: Value | undefined, column: Value | undefined): Value | undefined {
  if (!named || !column) return named ?? column;
  return workedOut([named, column], hashOf('ambiguous', named.mark, column.mark));
}

function listed(key: string, sources: readonly Source[]): Value | undefined {
  const found = sources.flatMap(({ rows }) => rows.columns.get(key) ?? []);
  return found.length > 1 ? workedOut(found, hashOf('ambiguous', ...found.map(({ mark }) => mark))) : found[0];
}

function unlisted(key: string, sources: readonly Source[]): Value | undefined {
  const open = sources.filter(({ rows }) => rows.unlisted);
  if (open.length < 2) return open[0]?.rows.unlisted?.(key);
  const scans: readonly Scan[] = open.flatMap(({ rows }) => rows.scans);
  const marks = open.map(({ rows }) => [rows.shape, rows.unlisted?.(key).mark]);
  return unclear(scans, hashOf('ambiguous', key, marks));
}

const valueIn = ({ rows }: Source, key: string): Value | undefined => rows.columns.get(key) ?? rows.unlisted?.(key);

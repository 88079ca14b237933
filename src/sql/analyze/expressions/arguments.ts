import { type Flow, pour, through } from '../../lineage/index.ts';
import { emptyFrame, resolve, type Scope } from '../../names/index.ts';
import type { Argument, Call, Column, Expression, Lambda } from '../../tree.ts';
import {
  type CallArgument,
  lambdaParameterTypes,
  type Signature,
  type SqlFunction,
  type SqlType,
  unknownType,
} from '../../types/index.ts';
import type { Context, Value } from '../context.ts';
import { isQuery } from './operators.ts';
import { withLocals } from './structures.ts';
import { expectColumns } from './subqueries.ts';

export type ReadArgument = CallArgument & Value;

/** Looks through a call's arguments. Words that name date parts are no columns; lambdas are read last. */
export function readArguments(
  context: Context,
  node: Call,
  known: SqlFunction | undefined,
  scope: Scope,
  flow: Flow,
): ReadArgument[] {
  const read: ReadArgument[] = [];
  node.arguments.forEach((argument, index) => {
    if (argument.value.kind !== 'lambda')
      read[index] = readArgument(context, node, argument, index, known, scope, flow);
    else read[index] = { type: unknownType, nullable: true, lambda: true };
  });
  node.arguments.forEach(({ value }, index) => {
    if (value.kind !== 'lambda') return;
    const types = lambdaParameterTypes(context.dialect, node.name.parts.at(-1)?.text ?? '', read, index);
    read[index] = { type: lambdaType(context, value, types, scope, flow), nullable: true, lambda: true };
  });
  return read;
}

function lambdaType(context: Context, node: Lambda, types: readonly SqlType[], scope: Scope, flow: Flow): SqlType {
  const names = node.parameters.map(({ name }) => name);
  return context.value(node.body, withLocals(scope, names, types, context.rules), through('computed', flow)).type;
}

function readArgument(
  context: Context,
  node: Call,
  argument: Argument,
  index: number,
  known: SqlFunction | undefined,
  scope: Scope,
  flow: Flow,
): ReadArgument {
  const { value, name } = asNamed(context, argument, scope);
  const called = name ? { name: name.text } : {};
  if (isQuery(value)) {
    const { columns, open } = expectColumns(context, value, scope, flow, undefined);
    return { type: open ? unknownType : (columns[0]?.type ?? unknownType), nullable: true, ...called };
  }
  if (argument.prefix === 'table' && value.kind === 'column') {
    readTableArgument(context, value, scope, flow);
    return { type: unknownType, nullable: true, ...called };
  }
  const part = datePart(context, node, value, index, known, scope);
  if (part !== undefined) return { type: unknownType, nullable: false, constant: part, ...called };
  if (value.kind === 'star') {
    if (!isCount(node)) context.value(value, scope, flow);
    return { type: unknownType, nullable: false, star: true, ...called };
  }
  const { type, nullable } = context.value(value, scope, flow);
  const constant = constantOf(value);
  if (!argument.prefix && !name) return constant === undefined ? { type, nullable } : { type, nullable, constant };
  const hidden = argument.prefix ? { type: unknownType, star: true } : { type };
  return { ...hidden, nullable, ...called, ...(constant === undefined ? {} : { constant }) };
}

/** `f(TABLE(t))`: a whole table goes into the call. */
function readTableArgument(context: Context, { parts, start, end }: Column, scope: Scope, flow: Flow): void {
  const name = { kind: 'name' as const, parts, start, end };
  const { outer, tables, reads, level } = scope;
  const around = { outer, tables, reads, level, before: emptyFrame, later: [] };
  const { sources } = context.table({ kind: 'table', name, start, end }, around);
  for (const { relation } of sources)
    for (const { lineage } of relation.columns) pour(lineage, through('computed', flow));
}

/** Table functions can be given `name = value` for `name => value`, and words that are no columns. */
function asNamed(context: Context, argument: Argument, scope: Scope): Argument {
  const { value } = argument;
  const loose = scope.clause === 'from' && context.rules.looseTableArguments;
  if (!loose || argument.name || isQuery(value)) return argument;
  if (value.kind === 'binary' && value.operator === '=' && value.left.kind === 'column') {
    const [name] = value.left.parts;
    if (name && !isColumn(context, value.left, scope)) return { ...argument, name, value: value.right };
  }
  const word = value.kind === 'column' && !isColumn(context, value, scope);
  return word ? { ...argument, value: { kind: 'default', start: value.start, end: value.end } } : argument;
}

const isColumn = (context: Context, column: Column, scope: Scope): boolean =>
  'members' in resolve(column.parts, scope, context.rules);

/** `count(*)` takes its value from no column. */
const isCount = (node: Call): boolean => node.name.parts.at(-1)?.text.toLowerCase() === 'count';

function constantOf(value: Expression): string | undefined {
  if (value.kind === 'string') return value.value;
  if (value.kind === 'number') return value.text;
  if (value.kind === 'unary' && value.operator === '-' && value.operand.kind === 'number')
    return `-${value.operand.text}`;
  return value.kind === 'parenthesized' ? constantOf(value.expression) : undefined;
}

/** The date part that an argument names, if it stands where the function wants one. */
function datePart(
  context: Context,
  node: Call,
  value: Expression,
  index: number,
  known: SqlFunction | undefined,
  scope: Scope,
): string | undefined {
  const word = bareWord(value);
  if (word === undefined) return undefined;
  if (node.syntax === 'extract' && index === 0) return word;
  if (!context.rules.dateWords || !known) return undefined;
  const wanting = known.signatures.filter((signature) => wantsPart(signature, index));
  if (wanting.length === known.signatures.length) return word;
  if (wanting.length === 0 || !context.dialect.functions.dateParts.has(word)) return undefined;
  // `date_trunc(month, d)` and `date_trunc(d, month)` are the same: the part is where fewer columns are hidden by it.
  const hidden = (signature: Signature): number => {
    const parts = node.arguments.filter((_, at) => wantsPart(signature, at));
    return parts.filter((part) => !canBePart(context, part.value) || hidesColumn(context, part.value, scope)).length;
  };
  const [first] = [...known.signatures].sort((one, other) => hidden(one) - hidden(other));
  return first && wantsPart(first, index) ? word : undefined;
}

const wantsPart = ({ parameters }: Signature, index: number): boolean =>
  parameters[index]?.accepts.kind === 'date-part';

const bareWord = (value: Argument['value']): string | undefined =>
  value.kind === 'column' && value.parts.length === 1 && !value.parts[0]!.quoted
    ? value.parts[0]!.text.toLowerCase()
    : undefined;

function canBePart(context: Context, value: Argument['value']): boolean {
  const word = value.kind === 'string' ? value.value.toLowerCase() : bareWord(value);
  return word !== undefined && context.dialect.functions.dateParts.has(word);
}

const hidesColumn = (context: Context, value: Argument['value'], scope: Scope): boolean =>
  value.kind === 'column' && isColumn(context, value, scope);

import { noLineage, startFlow, through } from '../lineage/index.ts';
import { foldStored, type Relation, type RelationColumn, type Scope, storedName } from '../names/index.ts';
import type { TableFunction } from '../tree.ts';
import { type FunctionColumn, integerType, type SqlType } from '../types/index.ts';
import type { Context } from './context.ts';
import { readArguments } from './expressions/arguments.ts';
import { typeOfTableCall } from './expressions/call-types.ts';

/** What a table function gives. Each of its columns is computed from its arguments. */
export function functionRelation(
  context: Context,
  table: TableFunction,
  scope: Scope,
): { readonly relation: Relation; readonly name?: string } {
  const { call } = table;
  const flow = startFlow();
  if (call.kind !== 'call') {
    context.value(call, scope, flow);
    return { relation: { columns: [], open: true } };
  }
  const { parts } = call.name;
  const name = parts.at(-1)?.text ?? '';
  const builtIn = parts.length === 1 ? context.dialect.functions.find(name) : undefined;
  const read = takesNames(context, name, builtIn)
    ? []
    : readArguments(context, call, builtIn, scope, through('computed', flow));
  const typing = builtIn ? typeOfTableCall(context.dialect, name, read) : undefined;
  const known = typing?.columns ?? elements(context, name, read[0]?.type);
  const extra = [
    ...(table.withOrdinality ? [counter(context, 'ordinality')] : []),
    ...(table.withOffset ? [counter(context, storedName(table.withOffset, context.rules))] : []),
  ];
  if (!known) return { relation: { columns: [], open: true }, name };
  const columns = known.map((column) => functionColumn(context, column, flow.into));
  return { relation: { columns: [...columns, ...extra], open: false }, name };
}

/** Macros that are built in, and those of the project. */
const takesNames = ({ rules }: Context, name: string, builtIn: object | undefined): boolean =>
  rules.tableMacros && (!builtIn || /^histogram(_values)?$/i.test(name));

/** What a list's elements become as rows, where the catalogue leaves it to the arguments. */
function elements(context: Context, name: string, type: SqlType | undefined): readonly FunctionColumn[] | undefined {
  const isList = context.rules.columnsExpression && name.toLowerCase() === 'unnest' && type?.kind === 'array';
  return isList && type.element ? [{ name: 'unnest', type: type.element }] : undefined;
}

function functionColumn(context: Context, column: FunctionColumn, lineage: RelationColumn['lineage']): RelationColumn {
  const name = context.rules.folding === 'upper' ? column.name.toUpperCase() : column.name;
  return { name, key: foldStored(name, context.rules), named: true, type: column.type, nullable: true, lineage };
}

function counter(context: Context, name: string): RelationColumn {
  const key = foldStored(name, context.rules);
  return { name, key, named: true, type: integerType(64), nullable: false, lineage: noLineage };
}

import { type Flow, filterFlow, through } from '../../lineage/index.ts';
import { foldName, type Scope, suggest } from '../../names/index.ts';
import type { Call, Expression } from '../../tree.ts';
import { type CallArgument, type CallTyping, type SqlFunction, typeText, unknownType } from '../../types/index.ts';
import { type Context, report, type Value } from '../context.ts';
import { readArguments } from './arguments.ts';
import { typeOfValueCall, valueFunction } from './call-types.ts';
import { columnsCall } from './columns-call.ts';
import { type Handlers, unknownValue } from './handler.ts';
import { reportMismatch } from './type-mismatch.ts';
import { readSort, readWindow } from './windows.ts';

export const calls: Handlers<'call'> = {
  call: (context, node, scope, flow) => {
    if (isColumnsCall(context, node)) return columnsCall(context, node, scope, flow);
    const builtIn = node.name.parts.length === 1 ? node.name.parts[0]!.text : undefined;
    const known = builtIn === undefined ? undefined : valueFunction(context.dialect, builtIn);
    const role = roleOf(node, known);
    if (!known) context.aggregates.add(node);
    const outer = scope.level.outerReads;
    const within: Scope = role === 'scalar' ? scope : { ...scope, inside: role };
    const inner = through(gathers(node, known) ? 'aggregated' : 'computed', flow);
    const read = readArguments(context, node, known, within, inner);
    const ordered = readClauses(context, node, within, inner);
    if (role !== 'scalar') checkRole(context, node, role, scope, scope.level.outerReads > outer);
    const typing = builtIn === undefined ? undefined : typingOf(context, builtIn, read, ordered);
    if (typing?.problem && ordered.length === 0) reportProblem(context, node, typing);
    checkOver(context, node, typing, scope);
    if (node.exportState) return unknownValue;
    return { type: typing?.type ?? unknownType, nullable: isNullable(typing, read) };
  },
};

const isColumnsCall = (context: Context, node: Call): boolean =>
  context.rules.columnsExpression &&
  node.name.parts.length === 1 &&
  node.name.parts[0]!.text.toLowerCase() === 'columns';

type Role = 'scalar' | 'aggregate' | 'window';

function roleOf(node: Call, known: SqlFunction | undefined): Role {
  if (node.over) return 'window';
  return gathers(node, known) ? 'aggregate' : 'scalar';
}

/** Whether it makes one value of several rows. A function that is not known does if it is written like one that does. */
function gathers(node: Call, known: SqlFunction | undefined): boolean {
  if (!known) return Boolean(node.distinct || node.filter || node.withinGroup);
  const given = node.arguments.length;
  const fitting = known.signatures.filter(({ minimum, maximum }) => given >= minimum && given <= maximum);
  const candidates = fitting.length > 0 ? fitting : known.signatures;
  return candidates.every(({ kind }) => kind === 'aggregate');
}

/** What a call gives. In some dialects the order of WITHIN GROUP counts as an argument before the others. */
function typingOf(
  context: Context,
  name: string,
  read: readonly CallArgument[],
  ordered: readonly CallArgument[],
): CallTyping {
  const typing = typeOfValueCall(context.dialect, name, read);
  if (ordered.length === 0 || typing.problem?.kind !== 'arity') return typing;
  return typeOfValueCall(context.dialect, name, [...ordered, ...read]);
}

/** Window functions such as RANK exist only with OVER, or where rows are matched. */
function checkOver(context: Context, node: Call, typing: CallTyping | undefined, scope: Scope): void {
  const signatures = typing?.function?.signatures ?? [];
  if (node.over || node.withinGroup || signatures.length === 0 || scope.clause === 'match') return;
  if (!signatures.every(({ kind, over }) => kind === 'window' && over === 'required')) return;
  const name = node.name.parts.at(-1)?.text ?? '';
  report(context, 'sql/missing-over', node, `${name} is a window function and needs OVER (…).`);
}

/** The clauses behind and between the arguments. The order of a group is the value itself where no argument is. */
function readClauses(context: Context, node: Call, scope: Scope, flow: Flow): CallArgument[] {
  const ordered: CallArgument[] = [];
  const takesOrder = !node.arguments.some(({ value }) => holdsColumn(value));
  for (const item of node.withinGroup ?? []) {
    if (takesOrder) ordered.push({ type: context.value(item.expression, scope, flow).type });
    else readSort(context, [item], scope);
  }
  if (node.orderBy) readSort(context, node.orderBy, scope);
  if (node.filter) context.value(node.filter, scope, filterFlow(scope.reads, 'filter'));
  for (const part of [node.limit, node.separator]) if (part) context.value(part, scope, flow);
  if (node.over) readWindow(context, node.over, scope);
  return ordered;
}

const holdsColumn = (value: Expression | { readonly kind: 'query' }): boolean =>
  !['number', 'string', 'boolean', 'null', 'parameter', 'array'].includes(value.kind);

const places: Partial<Record<Scope['clause'], string>> = {
  where: 'WHERE',
  on: 'a join condition',
  'group by': 'GROUP BY',
};

/** Whether an aggregate or a window function may stand here. One that reads a query further out may belong to that. */
function checkRole(context: Context, node: Call, role: Role, scope: Scope, readsOuter: boolean): void {
  const name = node.name.parts.at(-1)?.text ?? '';
  if (role === 'window') {
    scope.level.windows += 1;
    const place = scope.clause === 'having' ? 'HAVING' : places[scope.clause];
    if (place && !readsOuter) {
      const hint = 'Filter with QUALIFY, or in a query around this one.';
      report(context, 'sql/window-in-where', node, `A window function cannot stand in ${place}.`, hint);
    }
    return;
  }
  if (scope.inside === 'aggregate' && !readsOuter) {
    report(context, 'sql/nested-aggregate', node, `${name} cannot stand inside another aggregate.`);
  }
  context.aggregates.add(node);
  if (readsOuter) return;
  const place = places[scope.clause];
  if (!place) scope.level.aggregates += 1;
  else {
    const hint = scope.clause === 'where' ? 'Filter groups with HAVING.' : undefined;
    report(context, 'sql/aggregate-in-where', node, `The aggregate ${name} cannot stand in ${place}.`, hint);
  }
}

function reportProblem(context: Context, node: Call, { problem }: CallTyping): void {
  const name = node.name.parts.at(-1)?.text ?? '';
  if (problem?.kind === 'arity') {
    const { minimum, maximum, given } = problem;
    const wanted = maximum === minimum ? `${minimum}` : given < minimum ? `at least ${minimum}` : `at most ${maximum}`;
    const noun = wanted === '1' ? 'argument' : 'arguments';
    report(context, 'sql/wrong-arity', node, `${name} takes ${wanted} ${noun}, but here it has ${given}.`);
  } else if (problem?.kind === 'argument-name') {
    const argument = node.arguments.find((one) => one.name && foldName(one.name, context.rules) === problem.name);
    const known = problem.expected.length > 0 ? `It has ${problem.expected.join(', ')}.` : undefined;
    report(context, 'sql/unknown-argument', argument ?? node, `${name} has no argument "${problem.name}".`, known);
  } else if (problem?.kind === 'argument-type') {
    const given = typeText(problem.given, context.dialect);
    reportMismatch(
      context,
      [problem.given],
      node.arguments[problem.index] ?? node,
      `${name} cannot take ${given} here.`,
    );
  } else if (problem?.kind === 'date-part') {
    const argument = node.arguments[problem.index] ?? node;
    const near = suggest(problem.given, context.dialect.functions.dateParts.keys());
    const hint = near && `Did you mean ${near.toUpperCase()}?`;
    report(context, 'sql/unknown-date-part', argument, `${name} knows no date part "${problem.given}".`, hint);
  }
}

function isNullable(typing: CallTyping | undefined, values: readonly (CallArgument & Partial<Value>)[]): boolean {
  const nullable = ({ nullable: one = true }: Partial<Value>) => one;
  if (typing?.nulls === 'never') return false;
  if (typing?.nulls === 'any') return values.some(nullable);
  return typing?.nulls === 'all' && values.length > 0 ? values.every(nullable) : true;
}

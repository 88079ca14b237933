import { childrenOf, partsOf } from './codegen/collect.ts';
import { targetNames } from './codegen/static.ts';
import { toJs } from './convert.ts';
import { literalValue } from './literal.ts';
import type { Source } from './source.ts';
import type { Definition, Template } from './template.ts';
import type { Arguments, CallNode, Expression, Spanned, Statement } from './tree.ts';
import type { Value } from './values.ts';

/** A call found in a template without rendering it. */
export interface FoundCall extends Spanned {
  /** The callee as written: `ref`, `adapter.dispatch`. */
  readonly name: string;
  readonly args: readonly FoundArgument[];
  readonly kwargs: readonly (FoundArgument & { readonly name: string })[];
  /** Whether `*args` or `**kwargs` add what cannot be known here. */
  readonly spread: boolean;
}

/** One argument of a found call; `value` is undefined where it is not a literal. */
export interface FoundArgument extends Spanned {
  readonly value: Value | undefined;
}

/** A call whose arguments are all literals, as plain JS data. */
export interface StaticCall extends Spanned {
  readonly name: string;
  readonly args: readonly unknown[];
  readonly kwargs: Readonly<Record<string, unknown>>;
}

/**
 * The calls of a template that consists of nothing but text, comments and printed (or `do`) calls of the given
 * functions with literal arguments, in order; undefined for every other template.
 *
 * It lets a parser learn what a model refers to without rendering it.
 */
export function staticCalls(template: Template, names: ReadonlySet<string>): StaticCall[] | undefined {
  const calls: StaticCall[] = [];
  for (const node of template.body) {
    if (node.kind === 'text') continue;
    if ((node.kind !== 'print' && node.kind !== 'do') || node.value.kind !== 'call') return undefined;
    const { callee } = node.value;
    if (callee.kind !== 'name' || !names.has(callee.name)) return undefined;
    const call = staticCall(node.value, callee.name, template.source);
    if (call === undefined) return undefined;
    calls.push(call);
  }
  return calls;
}

function staticCall(node: CallNode, name: string, source: Source): StaticCall | undefined {
  const { positional, named, star, doubleStar } = node.args;
  if (star !== undefined || doubleStar !== undefined) return undefined;
  const args: unknown[] = [];
  for (const argument of positional) {
    const value = literalValue(argument, source);
    if (value === undefined) return undefined;
    args.push(toJs(value));
  }
  const kwargs: Record<string, unknown> = {};
  for (const argument of named) {
    const value = literalValue(argument.value, source);
    if (value === undefined) return undefined;
    kwargs[argument.name] = toJs(value);
  }
  return { name, args, kwargs, start: node.start, end: node.end };
}

/** `a.b.c` for a chain of attributes of a name; undefined for anything else. */
function chainOf(node: Expression): string | undefined {
  if (node.kind === 'name') return node.name;
  if (node.kind !== 'attribute') return undefined;
  const object = chainOf(node.object);
  return object === undefined ? undefined : `${object}.${node.name}`;
}

function bodyOf(subject: Template | Definition): readonly Statement[] {
  return 'node' in subject ? [subject.node] : subject.body;
}

/**
 * Every call of the given functions anywhere in a template or definition, also in branches that may never run.
 *
 * @param names plain names or attribute chains (`adapter.dispatch`).
 */
export function findCalls(subject: Template | Definition, names: ReadonlySet<string>): FoundCall[] {
  const calls: FoundCall[] = [];
  walk(bodyOf(subject), (node) => {
    if (node.kind !== 'call') return;
    const name = chainOf(node.callee);
    if (name !== undefined && names.has(name)) calls.push(foundCall(node, name, subject.source));
  });
  return calls.sort((a, b) => a.start - b.start);
}

function foundCall(node: CallNode, name: string, source: Source): FoundCall {
  const argument = (expression: Expression): FoundArgument => ({
    value: literalValue(expression, source),
    start: expression.start,
    end: expression.end,
  });
  const { positional, named, star, doubleStar }: Arguments = node.args;
  return {
    name,
    args: positional.map(argument),
    kwargs: named.map((keyword) => ({ ...argument(keyword.value), name: keyword.name })),
    spread: star !== undefined || doubleStar !== undefined,
    start: node.start,
    end: node.end,
  };
}

function walk(body: readonly Statement[], visit: (node: Expression) => void): void {
  const enter = (node: Expression | undefined): void => {
    if (node === undefined) return;
    visit(node);
    for (const child of childrenOf(node)) enter(child);
  };
  for (const statement of body) {
    const { expressions, bodies } = partsOf(statement);
    for (const expression of expressions) enter(expression);
    for (const inner of bodies) walk(inner, visit);
  }
}

/**
 * The names that rendering may ask the host for, and the attribute chains on them: `ref`, `adapter`,
 * `adapter.dispatch`, `dbt_utils.star`.
 *
 * A name that the template sets somewhere may still be listed when it is read elsewhere: the answer is never too small.
 * Parameters, loop targets and `with` names are left out inside their own block.
 */
export function freeNames(subject: Template | Definition): Set<string> {
  const names = new Set<string>();
  collectFree(bodyOf(subject), new Set(), names);
  return names;
}

function collectFree(body: readonly Statement[], bound: ReadonlySet<string>, names: Set<string>): void {
  const scope = new Set(bound);
  const read = (node: Expression | undefined): void => freeIn(node, scope, names);
  const inside = (statements: readonly Statement[], more: readonly string[]): void =>
    collectFree(statements, new Set([...scope, ...more]), names);
  for (const node of body) {
    switch (node.kind) {
      case 'set':
        read(node.value);
        for (const name of targetNames(node.target)) scope.add(name);
        break;
      case 'set-block':
        read(node.filter);
        inside(node.body, []);
        for (const name of targetNames(node.target)) scope.add(name);
        break;
      case 'if':
        for (const branch of node.branches) {
          read(branch.test);
          inside(branch.body, []);
        }
        inside(node.otherwise, []);
        break;
      case 'for': {
        read(node.items);
        const targets = targetNames(node.target);
        freeIn(node.test, new Set([...scope, ...targets]), names);
        inside(node.body, [...targets, 'loop']);
        inside(node.otherwise, []);
        break;
      }
      case 'with':
        for (const { value } of node.bindings) read(value);
        inside(
          node.body,
          node.bindings.flatMap(({ target }) => targetNames(target)),
        );
        break;
      case 'macro':
      case 'call-block': {
        if (node.kind === 'call-block') read(node.call);
        const parameters = [...node.parameters.map(({ name }) => name), 'caller', 'varargs', 'kwargs'];
        for (const { defaultValue } of node.parameters) freeIn(defaultValue, new Set([...scope, ...parameters]), names);
        inside(node.body, parameters);
        break;
      }
      default: {
        const { expressions, bodies } = partsOf(node);
        for (const expression of expressions) read(expression);
        for (const inner of bodies) inside(inner, []);
      }
    }
  }
}

function freeIn(node: Expression | undefined, bound: ReadonlySet<string>, names: Set<string>): void {
  if (node === undefined) return;
  const chain = chainOf(node);
  if (chain !== undefined) {
    const [root] = chain.split('.') as [string];
    if (bound.has(root)) return;
    let prefix = '';
    for (const part of chain.split('.')) {
      prefix = prefix === '' ? part : `${prefix}.${part}`;
      names.add(prefix);
    }
    return;
  }
  for (const child of childrenOf(node)) freeIn(child, bound, names);
}

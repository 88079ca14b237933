import { call, identifier, list, nowhere, number, subscript } from '../../../translate/build.ts';
import type { Expression, Lambda } from '../../../tree.ts';
import { prelude } from '../prelude/index.ts';

/** How often what a macro is given may be repeated: far more than people notice, far less than keeps DuckDB busy. */
const bearable = 16;

/**
 * A call of a function or of a macro of the prelude. A macro repeats what it is given, and macros inside of macros would
 * grow by powers: where that is too much, what holds a macro is worked out once and handed on, as
 * `list_transform([…], lambda …: macro(…))[1]`.
 */
export function macro(called: string, ...values: readonly Expression[]): Expression {
  const made = call(called, ...values);
  const own = repeats().get(called);
  if (own === undefined) return made;
  const inside = Math.max(1, ...values.map(weightOf));
  weights.set(made, own * inside);
  if (own === 1 || inside === 1 || own * inside <= bearable) return made;
  const heavy = values.filter((value) => weightOf(value) > 1);
  const names = new Map(heavy.map((value, index) => [value, `v${index + 1}`]));
  const inner = values.map((value) => {
    const name = names.get(value);
    return name === undefined ? value : field(parameter, name);
  });
  const row: Expression = {
    kind: 'object',
    map: false,
    entries: [...names].map(([value, name]) => ({ key: identifier(name), value, ...nowhere })),
    ...nowhere,
  };
  const lambda: Lambda = {
    kind: 'lambda',
    keyword: true,
    parameters: [{ name: identifier(parameter), ...nowhere }],
    body: call(called, ...inner),
    ...nowhere,
  };
  const once = subscript(call('list_transform', list(row), lambda), number(1));
  // Whatever repeats this repeats all that it holds.
  weights.set(once, bearable);
  wrapped.set(once, made);
  return once;
}

/** The call that was made, without what works its arguments out once. */
export const unwrapped = (node: Expression): Expression => wrapped.get(node) ?? node;

/** DuckDB would take a column of the same name for it. */
const parameter = 'snowflake_given';

const wrapped = new WeakMap<Expression, Expression>();

const field = (row: string, name: string): Expression => ({
  kind: 'column',
  parts: [identifier(row), identifier(name)],
  ...nowhere,
});

/** How often the macros inside of a node repeat what they are given, one times the other. */
const weights = new WeakMap<object, number>();

/** A loop, because chains of operators are thousands of nodes deep; behind a macro, all is known. */
function weightOf(node: Expression): number {
  let most = 1;
  const open: object[] = [node];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const known = weights.get(next);
    most = Math.max(most, known ?? 1);
    if (known !== undefined) continue;
    for (const value of Object.values(next)) if (typeof value === 'object' && value !== null) open.push(value);
  }
  weights.set(node, most);
  return most;
}

let counted: ReadonlyMap<string, number> | undefined;

/**
 * For each macro, how often it writes the parameter that it writes most, times what the macros in it do with theirs. It
 * calls none but those before it.
 */
function repeats(): ReadonlyMap<string, number> {
  if (counted) return counted;
  const made = new Map<string, number>();
  for (const statement of prelude) {
    const [, name = '', parameters = '', body = ''] = / macro (\w+)\(([^)]*)\) as (.*)/s.exec(statement) ?? [];
    const words = body.match(/\w+/g) ?? [];
    const counts = parameters.split(', ').map((parameter) => words.filter((word) => word === parameter).length);
    const inner = Math.max(1, ...words.map((word) => made.get(word) ?? 1));
    made.set(name, Math.max(1, ...counts) * inner);
  }
  counted = made;
  return made;
}

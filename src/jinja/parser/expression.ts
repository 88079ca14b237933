import { describeToken } from '../tokens.ts';
import type {
  Arguments,
  BinaryOperator,
  CallNode,
  CompareNode,
  CompareOperator,
  Expression,
  FilterNode,
  NamedArgument,
} from '../tree.ts';
import type { TokenStream } from './stream.ts';

/** What a bare tuple may be. */
interface TupleOptions {
  readonly conditionals?: boolean;
  readonly parenthesised?: boolean;
}

const NO_ARGUMENTS: Arguments = { positional: [], named: [], star: undefined, doubleStar: undefined };
const COMPARE = new Set<string>(['==', '!=', '<', '<=', '>', '>=']);
const FACTORS = new Set<string>(['*', '/', '//', '%']);
/** What stands behind an expression and goes on with none. */
const ENDS = new Set<string>([',', ')', 'variable_end', 'block_end']);

/** A full expression, with inline `if`. */
export function parseExpression(stream: TokenStream): Expression {
  let then: Expression;
  if (stream.isName('not')) then = parseOr(stream);
  else {
    // Most expressions are one operand: those need not go through all operators.
    const operand = parseUnary(stream);
    if (ENDS.has(stream.current.type)) return operand;
    then = parseOr(stream, operand);
  }
  while (stream.skipName('if')) {
    const test = parseOr(stream);
    const otherwise = stream.skipName('else') ? parseExpression(stream) : undefined;
    then = { kind: 'conditional', start: then.start, end: (otherwise ?? test).end, test, then, otherwise };
  }
  return then;
}

/** An expression, or a tuple without parentheses: `{{ a, b }}`, `for x in a, b`. */
export function parseTuple(stream: TokenStream, options: TupleOptions = {}): Expression {
  const start = stream.current.start;
  const items: Expression[] = [];
  let isTuple = false;
  for (;;) {
    if (items.length > 0) stream.expect(',');
    if (tupleEnds(stream)) break;
    items.push(options.conditionals === false ? parseOr(stream) : parseExpression(stream));
    if (!stream.is(',')) break;
    isTuple = true;
  }
  if (!isTuple) {
    if (items[0] !== undefined) return items[0];
    if (!options.parenthesised) stream.fail(`Expected an expression, got '${describeToken(stream.current)}'`);
  }
  return { kind: 'tuple', start, end: stream.previous.end, items };
}

function tupleEnds(stream: TokenStream): boolean {
  const { type } = stream.current;
  return type === 'variable_end' || type === 'block_end' || type === ')';
}

// Operators from the loosest to the tightest. The first operand may have been read already.
function parseOr(stream: TokenStream, operand?: Expression): Expression {
  let left = parseAnd(stream, operand);
  while (stream.skipName('or')) {
    const right = parseAnd(stream);
    left = { kind: 'logic', operator: 'or', start: left.start, end: right.end, left, right };
  }
  return left;
}

function parseAnd(stream: TokenStream, operand?: Expression): Expression {
  let left = parseNot(stream, operand);
  while (stream.skipName('and')) {
    const right = parseNot(stream);
    left = { kind: 'logic', operator: 'and', start: left.start, end: right.end, left, right };
  }
  return left;
}

function parseNot(stream: TokenStream, operand?: Expression): Expression {
  if (operand || !stream.isName('not')) return parseCompare(stream, operand);
  const { start } = stream.next();
  const negated = parseNot(stream);
  return { kind: 'unary', operator: 'not', start, end: negated.end, operand: negated };
}

function compareOperator(stream: TokenStream): CompareOperator | undefined {
  const token = stream.current;
  if (COMPARE.has(token.type)) {
    stream.next();
    return token.type as CompareOperator;
  }
  if (token.type !== 'name') return undefined;
  if (stream.skipName('in')) return 'in';
  if (token.value !== 'not') return undefined;
  const after = stream.look();
  if (after.type !== 'name' || after.value !== 'in') return undefined;
  stream.next();
  stream.next();
  return 'not in';
}

function parseCompare(stream: TokenStream, operand?: Expression): Expression {
  const first = parseSum(stream, operand);
  const rest: CompareNode['rest'][number][] = [];
  for (;;) {
    const operator = compareOperator(stream);
    if (operator === undefined) break;
    rest.push({ operator, right: parseSum(stream) });
  }
  const last = rest.at(-1);
  return last === undefined ? first : { kind: 'compare', start: first.start, end: last.right.end, first, rest };
}

function parseSum(stream: TokenStream, operand?: Expression): Expression {
  let left = parseConcat(stream, operand);
  while (stream.is('+') || stream.is('-')) {
    const operator = stream.next().type as BinaryOperator;
    const right = parseConcat(stream);
    left = { kind: 'binary', operator, start: left.start, end: right.end, left, right };
  }
  return left;
}

function parseConcat(stream: TokenStream, operand?: Expression): Expression {
  const first = parseProduct(stream, operand);
  if (!stream.is('~')) return first;
  const parts = [first];
  while (stream.skipIf('~')) parts.push(parseProduct(stream));
  return { kind: 'concat', start: first.start, end: parts.at(-1)!.end, parts };
}

function parseProduct(stream: TokenStream, operand?: Expression): Expression {
  let left = parsePower(stream, operand);
  while (FACTORS.has(stream.current.type)) {
    const operator = stream.next().type as BinaryOperator;
    const right = parsePower(stream);
    left = { kind: 'binary', operator, start: left.start, end: right.end, left, right };
  }
  return left;
}

function parsePower(stream: TokenStream, operand = parseUnary(stream)): Expression {
  let left = operand;
  while (stream.skipIf('**')) {
    const right = parseUnary(stream);
    left = { kind: 'binary', operator: '**', start: left.start, end: right.end, left, right };
  }
  return left;
}

// A sign binds tighter than a filter: `-1|abs` is `(-1)|abs`, so the operand of a sign takes no filters itself.
function parseUnary(stream: TokenStream, withFilters = true): Expression {
  let node: Expression;
  if (stream.is('-') || stream.is('+')) {
    const sign = stream.next();
    const operand = parseUnary(stream, false);
    node = { kind: 'unary', operator: sign.type as '-' | '+', start: sign.start, end: operand.end, operand };
  } else node = parsePrimary(stream);
  node = parsePostfix(stream, node);
  return withFilters ? parseFilters(stream, node) : node;
}

const WORDS: Record<string, boolean | null> = {
  true: true,
  True: true,
  false: false,
  False: false,
  none: null,
  None: null,
};

/** Whether a name is one of the literals true, false and none, which cannot be assigned to. */
export function isLiteralWord(name: string): boolean {
  return Object.hasOwn(WORDS, name);
}

function parsePrimary(stream: TokenStream): Expression {
  const token = stream.current;
  const { start, end } = token;
  switch (token.type) {
    case 'name': {
      stream.next();
      const name = token.value as string;
      if (isLiteralWord(name)) return { kind: 'constant', start, end, value: WORDS[name]! };
      return { kind: 'name', start, end, name };
    }
    case 'string': {
      let text = '';
      while (stream.is('string')) text += stream.next().value as string;
      return { kind: 'constant', start, end: stream.previous.end, value: text };
    }
    case 'integer':
    case 'float':
      stream.next();
      return { kind: 'constant', start, end, value: token.value };
    case '(': {
      stream.next();
      const inner = parseTuple(stream, { parenthesised: true });
      const close = stream.expect(')');
      return { ...inner, start, end: close.end };
    }
    case '[':
      return parseList(stream);
    case '{':
      return parseDict(stream);
    default:
      return stream.fail(`unexpected '${describeToken(token)}'`, token);
  }
}

function parseList(stream: TokenStream): Expression {
  const { start } = stream.expect('[');
  const items: Expression[] = [];
  while (!stream.is(']')) {
    if (items.length > 0) stream.expect(',');
    if (stream.is(']')) break;
    items.push(parseExpression(stream));
  }
  return { kind: 'list', start, end: stream.expect(']').end, items };
}

function parseDict(stream: TokenStream): Expression {
  const { start } = stream.expect('{');
  const pairs: { key: Expression; value: Expression }[] = [];
  while (!stream.is('}')) {
    if (pairs.length > 0) stream.expect(',');
    if (stream.is('}')) break;
    const key = parseExpression(stream);
    stream.expect(':');
    pairs.push({ key, value: parseExpression(stream) });
  }
  return { kind: 'dict', start, end: stream.expect('}').end, pairs };
}

function parsePostfix(stream: TokenStream, from: Expression): Expression {
  let node = from;
  for (;;) {
    if (stream.is('.')) node = parseAttribute(stream, node);
    else if (stream.is('[')) node = parseSubscript(stream, node);
    else if (stream.is('(')) node = parseCall(stream, node);
    else return node;
  }
}

function parseFilters(stream: TokenStream, from: Expression): Expression {
  let node = from;
  for (;;) {
    if (stream.is('|')) node = parseFilter(stream, node)!;
    else if (stream.isName('is')) node = parseTest(stream, node);
    else if (stream.is('(')) node = parseCall(stream, node);
    else return node;
  }
}

function parseAttribute(stream: TokenStream, object: Expression): Expression {
  stream.next();
  const token = stream.next();
  const { start } = object;
  if (token.type === 'name') return { kind: 'attribute', start, end: token.end, object, name: token.value as string };
  if (token.type !== 'integer') stream.fail('expected name or number', token);
  const index: Expression = { kind: 'constant', start: token.start, end: token.end, value: token.value };
  return { kind: 'item', start, end: token.end, object, index };
}

function parseSubscript(stream: TokenStream, object: Expression): Expression {
  const open = stream.next();
  const items: Expression[] = [];
  while (!stream.is(']')) {
    if (items.length > 0) stream.expect(',');
    items.push(parseSubscribed(stream));
  }
  const { end } = stream.expect(']');
  const index: Expression = items.length === 1 ? items[0]! : { kind: 'tuple', start: open.start, end, items };
  return { kind: 'item', start: object.start, end, object, index };
}

function parseSubscribed(stream: TokenStream): Expression {
  const { start } = stream.current;
  let from: Expression | undefined;
  if (!stream.is(':')) {
    from = parseExpression(stream);
    if (!stream.is(':')) return from;
  }
  stream.next();
  const part = (): Expression | undefined =>
    stream.is(':') || stream.is(']') || stream.is(',') ? undefined : parseExpression(stream);
  const to = part();
  const step = stream.skipIf(':') ? part() : undefined;
  return { kind: 'slice', start, end: stream.previous.end, from, to, step };
}

/** `callee(…)`, the cursor at the opening parenthesis. */
function parseCall(stream: TokenStream, callee: Expression): CallNode {
  const args = parseArguments(stream);
  return { kind: 'call', start: callee.start, end: stream.previous.end, callee, args };
}

function parseArguments(stream: TokenStream): Arguments {
  stream.expect('(');
  const positional: Expression[] = [];
  const named: NamedArgument[] = [];
  let star: Expression | undefined;
  let doubleStar: Expression | undefined;
  const ensure = (ok: boolean): void => {
    if (!ok) stream.fail('invalid syntax for function call expression');
  };
  let first = true;
  while (!stream.is(')')) {
    if (!first) {
      stream.expect(',');
      if (stream.is(')')) break;
    }
    first = false;
    if (stream.is('*')) {
      ensure(star === undefined && doubleStar === undefined);
      stream.next();
      star = parseExpression(stream);
    } else if (stream.is('**')) {
      ensure(doubleStar === undefined);
      stream.next();
      doubleStar = parseExpression(stream);
    } else if (stream.is('name') && stream.look().type === '=') {
      ensure(doubleStar === undefined);
      const name = stream.next();
      stream.next();
      const value = parseExpression(stream);
      named.push({ name: name.value as string, start: name.start, end: value.end, value });
    } else {
      ensure(star === undefined && doubleStar === undefined && named.length === 0);
      positional.push(parseExpression(stream));
    }
  }
  stream.expect(')');
  return { positional, named, star, doubleStar };
}

function dottedName(stream: TokenStream): string {
  let name = stream.expect('name').value as string;
  while (stream.skipIf('.')) name += `.${stream.expect('name').value as string}`;
  return name;
}

/** All filters at the cursor, around `value`; `bare` when the first one comes without its bar (`{% filter upper %}`). */
export function parseFilter(stream: TokenStream, value: Expression | undefined, bare = false): FilterNode | undefined {
  let node: FilterNode | undefined;
  let inner = value;
  let withoutBar = bare;
  while (withoutBar || stream.is('|')) {
    if (!withoutBar) stream.next();
    withoutBar = false;
    const from = inner?.start ?? stream.current.start;
    const name = dottedName(stream);
    const args = stream.is('(') ? parseArguments(stream) : NO_ARGUMENTS;
    node = { kind: 'filter', start: from, end: stream.previous.end, value: inner, name, args };
    inner = node;
  }
  return node;
}

const ARGUMENT_STARTS = new Set<string>(['name', 'string', 'integer', 'float', '[', '{']);

function parseTest(stream: TokenStream, value: Expression): Expression {
  stream.next();
  const negated = stream.skipName('not');
  const name = dottedName(stream);
  let args = NO_ARGUMENTS;
  if (stream.is('(')) args = parseArguments(stream);
  else if (ARGUMENT_STARTS.has(stream.current.type) && !['else', 'or', 'and'].some((word) => stream.isName(word))) {
    if (stream.isName('is')) stream.fail('You cannot chain multiple tests with is');
    args = { ...NO_ARGUMENTS, positional: [parsePostfix(stream, parsePrimary(stream))] };
  }
  const { start } = value;
  const { end } = stream.previous;
  const test: Expression = { kind: 'test', start, end, value, name, args };
  return negated ? { kind: 'unary', operator: 'not', start, end, operand: test } : test;
}

import { describeToken } from '../tokens.ts';
import type { NameNode, Target } from '../tree.ts';
import { isLiteralWord, parseExpression } from './expression.ts';
import type { TokenStream } from './stream.ts';

const NODE_NAMES: Record<string, string> = { constant: 'const', item: 'getitem', attribute: 'getattr' };

/** A single plain name that may be assigned to. */
export function parseTargetName(stream: TokenStream): NameNode {
  const token = stream.expect('name');
  const name = token.value as string;
  if (isLiteralWord(name)) stream.fail("can't assign to 'name'", token);
  return { kind: 'name', start: token.start, end: token.end, name };
}

/**
 * What stands left of `=` or `in`: a name, several with commas, parentheses within, and (in `set`) members.
 */
export function parseTarget(stream: TokenStream, members = false): Target {
  const { start } = stream.current;
  const items: Target[] = [];
  let isTuple = false;
  for (;;) {
    if (items.length > 0) stream.expect(',');
    const { type } = stream.current;
    if (type === 'variable_end' || type === 'block_end' || type === ')') break;
    items.push(parseOne(stream, members));
    if (!stream.is(',')) break;
    isTuple = true;
  }
  if (!isTuple && items[0] !== undefined) return items[0];
  if (!isTuple) stream.fail(`Expected an expression, got '${describeToken(stream.current)}'`);
  return { kind: 'targets', start, end: stream.previous.end, items };
}

function parseOne(stream: TokenStream, members: boolean): Target {
  if (stream.is('(')) {
    const { start } = stream.next();
    // An empty pair of parentheses unpacks nothing.
    const inner: Target = stream.is(')') ? { kind: 'targets', start, end: start, items: [] } : parseTarget(stream);
    const { end } = stream.expect(')');
    return { ...inner, start, end };
  }
  if (!stream.is('name') || isLiteralWord(stream.current.value as string)) {
    const at = stream.current;
    const { kind } = parseExpression(stream);
    stream.fail(`can't assign to '${NODE_NAMES[kind] ?? kind}'`, at);
  }
  const name = parseTargetName(stream);
  if (!members || !stream.skipIf('.')) return name;
  const member = stream.expect('name');
  return { kind: 'member', start: name.start, end: member.end, object: name, name: member.value as string };
}

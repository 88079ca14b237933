import { syntaxError } from '../errors.ts';
import type { Token } from './tokens.ts';

/** Tokens between brackets, or between CASE and END. */
export interface Group {
  readonly kind: 'group';
  readonly bracket: '(' | '[' | '{' | 'CASE';
  readonly children: readonly Node[];
  readonly open: Token;
}

/** A token, or a bracket with what it holds. */
export type Node = Token | Group;

const closing: Readonly<Record<Group['bracket'], string>> = { '(': ')', '[': ']', '{': '}', CASE: 'END' };
const isOpening = (text: string): text is Group['bracket'] => text in closing;
const closers = new Set([')', ']', '}']);

/** Pairs the brackets of a statement. */
export function nest(tokens: readonly Token[]): Node[] {
  let offset = 0;
  const read = (open?: Token, bracket?: Group['bracket']): Node[] => {
    const children: Node[] = [];
    for (let token = tokens[offset]; token; token = tokens[offset]) {
      offset += 1;
      const text = token.kind === 'word' ? token.value : token.kind === 'symbol' ? token.text : '';
      if (bracket && text === closing[bracket]) return children;
      if (closers.has(text)) throw syntaxError(token.place, token.text);
      if (isOpening(text)) children.push({ kind: 'group', bracket: text, open: token, children: read(token, text) });
      else children.push(token);
    }
    if (open) throw syntaxError(tokens.at(-1)?.place ?? open.place, '<EOF>');
    return children;
  };
  return read();
}

export const isGroup = (node: Node | undefined, bracket: Group['bracket'] = '('): node is Group =>
  node?.kind === 'group' && node.bracket === bracket;

/** The first token of a node: where an error about it stands. */
export const firstToken = (node: Node): Token => (node.kind === 'group' ? node.open : node);

/** Parts between the commas of one level. */
export function splitByComma(nodes: readonly Node[]): Node[][] {
  const parts: Node[][] = [[]];
  for (const node of nodes) {
    if (node.kind === 'symbol' && node.text === ',') parts.push([]);
    else parts.at(-1)?.push(node);
  }
  return parts.length === 1 && parts[0]?.length === 0 ? [] : parts;
}

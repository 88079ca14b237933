import type { Cursor } from './cursor.ts';
import { expressionOf } from './expression.ts';
import { literal, type Scope } from './names.ts';
import { isGroup } from './nodes.ts';

/** `v:a.b[0]."c"`, and `v[0]`, `v['a']`: what a variant holds at a path; keys keep their case. */
export function readPath(cursor: Cursor, scope: Scope, variant: string): string {
  let path = '$';
  let sql = `main.sf_variant(${variant})`;
  if (cursor.acceptSymbol(':')) path += keyOf(cursor);
  for (;;) {
    const node = cursor.peek();
    if (cursor.acceptSymbol('.')) path += keyOf(cursor);
    else if (isGroup(node, '[')) {
      cursor.next();
      const [only] = node.children;
      if (node.children.length === 1 && only?.kind === 'number') path += `[${only.text}]`;
      else if (node.children.length === 1 && only?.kind === 'string') path += quotedKey(only.value);
      else {
        sql = `main.sf_get(${at(sql, path)}, ${expressionOf(node.children, scope)})`;
        path = '$';
      }
    } else return at(sql, path);
  }
}

const at = (sql: string, path: string): string => (path === '$' ? sql : `json_extract(${sql}, ${literal(path)})`);

/** A key that follows `:` or `.`; unlike a name it is not folded. */
function keyOf(cursor: Cursor): string {
  const node = cursor.next();
  if (node.kind !== 'word' && node.kind !== 'quoted') {
    cursor.offset -= 1;
    throw cursor.unexpected();
  }
  return quotedKey(node.kind === 'word' ? node.text : node.value);
}

const quotedKey = (key: string): string => `."${key.replaceAll('"', '\\"')}"`;

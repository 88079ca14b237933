import type { ConnectBy, Expression } from '../tree.ts';
import type { Cursor } from './cursor.ts';

/** `START WITH … CONNECT BY …`, in either order. */
export function parseConnectBy(cursor: Cursor): ConnectBy {
  const { start } = cursor;
  let startWith = acceptStart(cursor);
  let noCycle = false;
  let condition: Expression = cursor.bad();
  if (cursor.expect('connect')) {
    cursor.expect('by');
    noCycle = cursor.accept('nocycle');
    condition = cursor.grammar.expression(cursor);
  }
  startWith ??= acceptStart(cursor);
  return { ...(startWith && { startWith }), noCycle, condition, start, end: cursor.previousEnd };
}

function acceptStart(cursor: Cursor): Expression | undefined {
  return cursor.acceptAll('start', 'with') ? cursor.grammar.expression(cursor) : undefined;
}

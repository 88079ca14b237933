import type { Cursor } from './cursor.ts';

/** Whether a query starts at a distance from the current token; one in parentheses does not count. */
export function startsQuery(cursor: Cursor, distance = 0): boolean {
  const { syntax } = cursor;
  switch (cursor.wordAhead(distance)) {
    case 'select':
    case 'with':
      return true;
    case 'values':
      return cursor.isAhead(distance + 1, '(');
    case 'from':
      return syntax.fromFirst;
    case 'table':
      return syntax.tableQuery && !cursor.isAhead(distance + 1, '(');
    case 'pivot':
    case 'unpivot':
    case 'pivot_wider':
    case 'pivot_longer':
      return syntax.pivotStatement;
    case 'describe':
    case 'desc':
    case 'show':
    case 'summarize':
      return syntax.showQueries;
    default:
      return false;
  }
}

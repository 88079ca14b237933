import type { Grammar } from './cursor.ts';
import { parseExpression } from './expression.ts';
import { parseQuery, parseQueryBehind } from './query.ts';
import { parseTable } from './table.ts';
import { parseDataType } from './type.ts';

/** The grammar put together. */
export const grammar: Grammar = {
  expression: parseExpression,
  query: parseQuery,
  queryBehind: parseQueryBehind,
  table: parseTable,
  type: parseDataType,
};

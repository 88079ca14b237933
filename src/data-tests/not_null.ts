import type { DataTest } from '../core/index.ts';
import { column } from './writing/arguments.ts';
import { lines } from './writing/lines.ts';

/** Rows without a value. */
const notNull: DataTest = {
  name: 'not_null',
  rowByRow: true,
  namespace: null,
  arguments: [],
  sql: (request) =>
    lines(
      `select ${request.storeFailures ? '*' : column(request)}`,
      `from ${request.model}`,
      `where ${column(request)} is null`,
    ),
};

export default notNull;

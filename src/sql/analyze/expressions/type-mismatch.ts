import type { Place } from '../../tree.ts';
import type { SqlType } from '../../types/index.ts';
import { type Context, report } from '../context.ts';

const plain: ReadonlySet<SqlType['kind']> = new Set([
  'number',
  'integer',
  'float',
  'varchar',
  'boolean',
  'date',
  'time',
  'timestamp',
  'interval',
  'binary',
]);

/** Reports types that do not go together, if all of them are plain: of others, too much depends on what is inside. */
export function reportMismatch(context: Context, types: readonly SqlType[], place: Place, message: string): void {
  if (types.every(({ kind }) => plain.has(kind))) report(context, 'sql/type-mismatch', place, message);
}

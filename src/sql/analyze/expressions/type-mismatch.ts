import type { Place } from '../../tree.ts';
import type { SqlType } from '../../types/index.ts';
import { type Context, report, warn } from '../context.ts';

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
  if (types.every(isPlain)) report(context, 'sql/type-mismatch', place, message);
}

/** As {@link reportMismatch}, where NULL is let through. */
export function warnOfMismatch(context: Context, types: readonly SqlType[], place: Place, message: string): void {
  const hint = 'It goes well only as long as there is no value.';
  if (types.every(isPlain)) warn(context, 'sql/type-mismatch', place, message, hint);
}

const isPlain = ({ kind }: SqlType): boolean => plain.has(kind);

import type { DataType } from '../../tree.ts';
import { readDataType, type SqlType } from '../../types/index.ts';
import { type Context, report } from '../context.ts';

/** A type as somebody wrote it. One of a size that there is not is reported. */
export function writtenType(context: Context, written: DataType): SqlType {
  const type = readDataType(written, context.dialect);
  const wrong = context.dialect.types.wrongSize?.(type);
  if (wrong !== undefined) report(context, 'sql/type-size', written, wrong);
  return type;
}

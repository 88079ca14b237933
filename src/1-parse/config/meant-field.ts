import { didYouMean } from '../../core/index.ts';
import type { ConfigFields } from './fields.ts';
import { fieldName } from './merge.ts';

/**
 * The setting that is meant by a name that is none. Adapters and macros have settings of their own, so that only a name
 * that is nearly a known one is suspicious.
 */
export function meantField(fields: ConfigFields, written: string): string | undefined {
  const field = fieldName(written);
  return Object.hasOwn(fields, field) ? undefined : didYouMean(field, Object.keys(fields), 2);
}

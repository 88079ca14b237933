import type { RefArguments } from '../../core/index.ts';
import { staticCalls } from '../sql/static-calls.ts';

/** What an input of a unit test stands in for; undefined where the text says none of these. */
export type UnitTestInput =
  | { readonly kind: 'this' }
  | { readonly kind: 'ref'; readonly ref: RefArguments }
  | { readonly kind: 'source'; readonly source: string; readonly table: string };

/** Reads `ref('orders')`, `source('shop', 'orders')` or `this`, as they stand in a unit test. */
export function unitTestInput(text: string): UnitTestInput | undefined {
  if (text.trim() === 'this') return { kind: 'this' };
  const calls = staticCalls(`{{ ${text} }}`, '');
  const ref = calls?.refs[0];
  if (ref) return { kind: 'ref', ref: { name: ref.name, package: ref.package, version: ref.version } };
  const source = calls?.sources[0];
  return source && { kind: 'source', source: source.source, table: source.table };
}

import type { DataType } from '../../tree.ts';
import { concat, type Doc, join } from '../document.ts';
import type { Printing } from '../printing.ts';

/** `(number, varchar)` behind the name of a routine, with a blank before it; nothing without a signature. */
export function printSignature(printing: Printing, signature: readonly DataType[] | undefined): Doc {
  if (!signature) return '';
  const types = signature.map((type) => printing.type(type));
  return concat(' (', join(', ', types), ')');
}

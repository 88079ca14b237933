import type { Expression } from '../tree.ts';
import {
  booleanType,
  integerType,
  nullType,
  type SqlType,
  unknownType,
  varcharType,
  variantType,
} from '../types/index.ts';

/** What a form says of itself, whatever it is about; also in places that no query surrounds. */
export function typeOfForm(node: Expression): SqlType {
  switch (node.kind) {
    case 'path':
    case 'subscript':
      return variantType;
    case 'string':
      return varcharType;
    case 'number':
      return /^\d+$/.test(node.text) ? integerType(128) : unknownType;
    case 'boolean':
    case 'logical':
    case 'is':
      return booleanType;
    case 'null':
      return nullType;
    case 'parenthesized':
      return typeOfForm(node.expression);
    default:
      return unknownType;
  }
}

import type { SqlType } from './type.ts';

/** Whether two types are one but for their size: a BIGINT and a DECIMAL(38,0) are, a DATE and a TIMESTAMP are not. */
export function sameFamily(left: SqlType, right: SqlType): boolean {
  return familyOf(left) === familyOf(right);
}

function familyOf(type: SqlType): string {
  switch (type.kind) {
    case 'integer':
      return 'number';
    case 'timestamp':
      return `timestamp ${type.zone}`;
    case 'array':
    case 'object':
      return type.kind === 'array' && type.element ? 'list' : 'variant';
    case 'named':
      return type.name.toLowerCase();
    default:
      return type.kind;
  }
}

import { SqlError, unsupported } from '../errors.ts';
import { literal } from '../sql/names.ts';

/** A bind as it is sent; a value that is a list is one of a column of rows. */
export interface Binding {
  readonly type: string;
  readonly value: string | null | readonly (string | null)[];
}

export type Bindings = Readonly<Record<string, Binding>>;

/** How many rows an array bind has; undefined when there is none. */
export function boundRows(bindings: Bindings | undefined): number | undefined {
  const [first] = Object.values(bindings ?? {});
  return Array.isArray(first?.value) ? first.value.length : undefined;
}

/** The literals of row `row`. */
export function bindLiteral(bindings: Bindings | undefined, position: number, row = 0): string {
  const binding = bindings?.[String(position)];
  if (!binding) throw new SqlError('002049', '42601', `SQL compilation error:\nBind variable :${position} not set.`);
  const { type, value } = binding;
  const one = typeof value === 'string' || value === null ? value : (value[row] ?? null);
  return one === null ? 'NULL' : valueLiteral(type, one);
}

function valueLiteral(type: string, value: string): string {
  switch (type) {
    case 'TEXT':
      return literal(value);
    case 'FIXED':
      if (!/^-?\d+(\.\d+)?$/.test(value))
        throw new SqlError('100038', '22018', `Numeric value '${value}' is not recognized`);
      return value;
    case 'REAL':
      return `CAST(${literal(value)} AS DOUBLE)`;
    case 'BOOLEAN':
      return /^(1|true)$/i.test(value) ? 'TRUE' : 'FALSE';
    case 'DATE':
      return `CAST(make_timestamp(${BigInt(value) * 1000n}) AS DATE)`;
    case 'VARIANT':
    case 'OBJECT':
    case 'ARRAY':
      return `CAST(${literal(value)} AS JSON)`;
    case 'BINARY':
      return `from_hex(${literal(value)})`;
    default:
      throw unsupported(`bind of type ${type}`);
  }
}

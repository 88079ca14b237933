import { SqlError } from '../errors.ts';
import { engineName, literal, type Source } from '../sql/names.ts';
import { engineType, type SqlType } from '../sql/types.ts';
import type { Cell } from './cells.ts';
import type { Session } from './session.ts';

/** The id of a query of this session: the last, `-n` from the end, `n` from the beginning. */
export function lastQuery(session: Session, argument: string | undefined): string | undefined {
  return session.queries.at(argument === undefined ? -1 : Number(argument));
}

/** `table(result_scan('…'))`: what a statement of this session answered. */
export function answerQuery(session: Session, idLiteral: string): Source {
  const id = idLiteral.replaceAll("'", '');
  const outcome = session.outcomes.get(id);
  if (!outcome) {
    throw new SqlError('000709', '02000', `Statement ${id} not found`);
  }
  return {
    kind: 'query',
    key: engineName(`r:${id}`),
    columns: outcome.columns,
    sql: valuesQuery(
      outcome.columns.map((column) => column.type),
      outcome.rows,
    ),
  };
}

/** Cells as a query of the engine. */
export function valuesQuery(types: readonly SqlType[], rows: readonly (readonly Cell[])[]): string {
  const empty = types.map((type) => `CAST(NULL AS ${engineType(type)})`).join(', ');
  if (rows.length === 0) return `SELECT ${empty} WHERE FALSE`;
  const lines = rows.map((row) => `(${row.map((cell, index) => cellLiteral(cell, types[index])).join(', ')})`);
  return `SELECT * FROM (VALUES ${lines.join(', ')})`;
}

function cellLiteral(cell: Cell, type: SqlType | undefined): string {
  if (!type) return 'NULL';
  if (cell === null) return `CAST(NULL AS ${engineType(type)})`;
  switch (type.name) {
    case 'BOOLEAN':
      return cell === '1' ? 'TRUE' : 'FALSE';
    case 'DATE':
      return `(DATE '1970-01-01' + CAST(${cell} AS INTEGER))`;
    case 'TIME':
      return `CAST(make_timestamp(${micros(cell)}) AS TIME)`;
    case 'TIMESTAMP_NTZ':
      return `make_timestamp(${micros(cell)})`;
    case 'TIMESTAMP_LTZ':
    case 'TIMESTAMP_TZ':
      return `make_timestamptz(${micros(cell)})`;
    case 'BINARY':
      return `from_hex(${literal(cell)})`;
    default:
      return `CAST(${literal(cell)} AS ${engineType(type)})`;
  }
}

const micros = (cell: string): string => {
  const [seconds = '0', fraction = ''] = cell.split(' ')[0]?.split('.') ?? [];
  return String(BigInt(seconds) * 1_000_000n + BigInt(fraction.slice(0, 6).padEnd(6, '0')));
};

import type { LoadCsv } from '../../core/index.ts';
import { isoDay, numberOf, tidied } from './csv-types.ts';
import { literal, quote, renderRelation } from './naming.ts';

/** A cell of a CSV file as SQL. A text that stays one keeps its spaces. */
export function csvLiteral(text: string, type: string): string {
  const value = tidied(text);
  if (value === null) return 'null';
  switch (type.toLowerCase()) {
    case 'integer':
    case 'float':
      return Number.isFinite(numberOf(value)) ? value.replaceAll('_', '') : `cast(${literal(value)} as float)`;
    case 'boolean':
      return /^(true|false)$/i.test(value) ? value.toLowerCase() : literal(value);
    case 'date':
      return literal(isoDay(value));
    default:
      return literal(text);
  }
}

/** One statement for some rows; undefined where there is nothing to do. */
export function insertStatement(
  { relation, columns, quoteColumns = true }: LoadCsv,
  rows: readonly string[],
  { overwrite }: { readonly overwrite: boolean },
): string | undefined {
  const names = columns.map(({ name }) => (quoteColumns ? quote(name) : name)).join(', ');
  const into = `insert ${overwrite ? 'overwrite ' : ''}into ${renderRelation(relation)} (${names})`;
  if (rows.length > 0) return `${into}\nvalues\n  ${rows.join(',\n  ')}`;
  return overwrite ? `${into}\nselect ${names}\nfrom ${renderRelation(relation)}\nwhere false` : undefined;
}

import { startFlow } from '../lineage/index.ts';
import { emptyFrame, foldStored, type Relation, type Scope, startLevel } from '../names/index.ts';
import type { Expression, Values } from '../tree.ts';
import { settledType } from '../types/index.ts';
import { type Context, type QueryScope, report } from './context.ts';
import { mixedType } from './expressions/mixture.ts';

/** The rows of VALUES. */
export function valuesRelation(context: Context, values: Values, around: QueryScope): Relation {
  const level = startLevel([], false, () => '');
  const scope: Scope = { ...around, frame: emptyFrame, level, clause: 'values' };
  const width = values.rows[0]?.length ?? 0;
  checkWidths(context, values.rows, width);
  const { prefix, from } = context.rules.valuesColumns;
  const columns = Array.from({ length: width }, (_, index) => {
    const flow = startFlow();
    const cells = values.rows.flatMap((row) => row[index] ?? []);
    const read = cells.map((expression) => ({ expression, value: context.value(expression, scope, flow) }));
    const name = `${prefix}${index + from}`;
    const type = settledType(mixedType(context, read, cells[0] ?? values));
    const nullable = read.some(({ value }) => value.nullable);
    return { name, key: foldStored(name, context.rules), named: true, type, nullable, lineage: flow.into };
  });
  return { columns, open: false };
}

function checkWidths(context: Context, rows: readonly (readonly Expression[])[], width: number): void {
  const other = rows.find((row) => row.length !== width);
  if (!other) return;
  const place = { start: other[0]?.start ?? -1, end: other.at(-1)?.end ?? -1 };
  report(
    context,
    'sql/values-width',
    place,
    `This row has another number of values than the first: ${other.length} instead of ${width}.`,
  );
}

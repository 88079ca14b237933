import { SqlError, unsupported } from '../errors.ts';
import { outerName } from '../sql/names.ts';
import type { Query, Shape } from '../sql/shape.ts';
import { engineType, outerType } from '../sql/types.ts';
import type { Run } from './account.ts';
import type { ResultColumn } from './cells.ts';
import { fromEngine } from './engine-errors.ts';

/** The columns of a query, without running it. */
export async function describeQuery(run: Run, { sql, shape }: Query): Promise<ResultColumn[]> {
  try {
    const prepared = await run.session.connection.prepare(sql);
    const columns = Array.from({ length: prepared.columnCount }, (_, index) => {
      const engine = prepared.columnType(index);
      const type = outerType(String(engine), engine.alias);
      if (!type) throw unsupported(`result of type ${String(engine)}`);
      return { name: outerName(prepared.columnName(index)), type, nullable: true };
    });
    prepared.destroySync();
    return refined(columns, shape);
  } catch (error) {
    throw fromEngine(error, run.sql);
  }
}

/** The engine's columns with the types that the query itself tells, where the engine holds them all alike. */
export function refined(columns: readonly ResultColumn[], shape: Shape): ResultColumn[] {
  return columns.map((column, index) => {
    const type = shape?.length === columns.length ? shape[index]?.type : undefined;
    return type && engineType(type) === engineType(column.type) ? { ...column, type } : column;
  });
}

/** Columns that become a table's have names of their own. */
export function refuseTwins(columns: readonly { readonly name: string }[]): void {
  const seen = new Set<string>();
  for (const { name } of columns) {
    if (seen.has(name))
      throw new SqlError('002025', '42S21', `SQL compilation error:\nduplicate column name '${name}'`);
    seen.add(name);
  }
}

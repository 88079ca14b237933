import { csvRows, type MaterializationContext, nodeDict, type StatementResult } from '../../core/index.ts';
import { dropRelation, hasOwnMacro } from '../building/own-statements.ts';
import { relationValue } from '../building/relation-value.ts';

const macros = ['create_csv_table', 'reset_csv_table', 'load_csv_rows', 'truncate_relation'] as const;

/** Whether macros of the project take part in loading a seed. */
export function hasOwnLoading(context: MaterializationContext): boolean {
  return hasOwnMacro(context, macros);
}

/** What the warehouse's own reader does, where the project has no macro for it. */
export interface Loading {
  /** Makes the table ready for all rows: new, or empty. */
  readonly prepare: () => Promise<StatementResult>;
  readonly load: () => Promise<StatementResult>;
}

/** Loads a seed with the macros that the project has. They are given the rows, and send their statements themselves. */
export async function loadByMacros(
  context: MaterializationContext,
  file: string,
  rebuild: boolean,
  loading: Loading,
): Promise<StatementResult> {
  const { existing, fullRefresh, node, session, adapter, ownMacro } = context;
  const rows = await csvRows(node, file, session, adapter.statements);
  if (rows === undefined) throw new Error('the warehouse has loaded no file');
  const model = nodeDict(node);
  const [create, reset, load, truncate] = macros.map((name) => ownMacro?.(name));
  if (existing && reset) await reset(model, fullRefresh, relationValue(existing, context), rows);
  else if (rebuild && create) {
    if (existing) await dropRelation(context, existing);
    await create(model, rows);
  } else if (existing && !rebuild && truncate) await truncate(relationValue(existing, context));
  else await loading.prepare();
  if (!load) return loading.load();
  await load(model, rows);
  return { rowsAffected: rows.rows.length };
}

import {
  currentEnd,
  didYouMeanHint,
  type MaterializationContext,
  nodeDict,
  type Relation,
  RelationValue,
  readStrategy,
  type SnapshotShape,
  type SnapshotStrategy,
  snapshotColumns,
} from '../../core/index.ts';
import { Dict, str, type Value } from '../../jinja/index.ts';
import { snapshotProblem } from './requirements.ts';

export function shapeOf({ node }: MaterializationContext): SnapshotShape {
  return { columns: snapshotColumns(node.config), currentEnd: currentEnd(node.config) };
}

/** Calls one of the macros that dbt's snapshots are made of, each of which a project may replace. */
export async function callMacro(context: MaterializationContext, name: string, ...args: Value[]): Promise<Value> {
  const macro = context.macro?.(name);
  if (macro === undefined) throw new Error(`there is no macro ${name}`);
  return macro(...args);
}

/** The same, for a macro that writes SQL. */
export async function sqlOfMacro(context: MaterializationContext, name: string, ...args: Value[]): Promise<string> {
  return str(await callMacro(context, name, ...args)).trim();
}

export function relationValue({ adapter }: MaterializationContext, relation: Relation): RelationValue {
  return new RelationValue(relation, adapter.statements);
}

/** What a strategy macro gave, read and as other macros take it. */
export interface Strategy extends SnapshotStrategy {
  readonly value: Value;
}

/** What `snapshot_<strategy>_strategy` gives; the name may say in which package the macro is. */
export async function callStrategy(context: MaterializationContext, tableExists: boolean): Promise<Strategy> {
  const { node, sql } = context;
  const name = String(node.config.strategy);
  const parts = name.split('.');
  const plain = `snapshot_${parts.at(-1)}_strategy`;
  const macro = context.macro?.([...parts.slice(0, -1), plain].join('.'));
  if (macro === undefined) {
    throw snapshotProblem(
      context,
      `There is no macro '${plain}' for the strategy '${name}' of snapshot '${node.name}'`,
      didYouMeanHint(name, ['timestamp', 'check']) ?? 'The strategies timestamp and check need no macro of your own',
    );
  }
  const model = nodeDict(Object.assign({ ...node }, { compiled: true, compiled_code: sql }));
  const config = model.get('config') ?? new Dict();
  const value = await macro(model, 'snapshotted_data', 'source_data', config, tableExists);
  return { ...readStrategy(value), value };
}

/** What the snapshot adds to the columns of its query. */
export function addedColumns(context: MaterializationContext, { hardDeletes }: SnapshotStrategy): readonly string[] {
  const { dbt_is_deleted: mark, ...always } = shapeOf(context).columns;
  return [...Object.values(always), ...(hardDeletes === 'new_record' ? [mark] : [])];
}

import {
  type CodeNode,
  type Column,
  didYouMeanHint,
  error,
  hardDeletesModes,
  hardDeletesOf,
  type MaterializationContext,
  Problem,
  type SnapshotColumns,
  type Span,
  showValue,
} from '../../core/index.ts';

export function snapshotProblem({ node }: MaterializationContext, message: string, hint?: string): Problem {
  return new Problem(error('materialize/snapshot', message, { span: placeOf(node), hint }));
}

/** The snapshot from its first text on: a block begins with the rest of the line that opens it. */
export function placeOf({ origin: { definition }, raw_code: code }: CodeNode): Span {
  return { ...definition, start: definition.start + Math.max(0, code.search(/\S/)) };
}

/** A view under the snapshot's name cannot be added to, and nobody asked to replace it. */
export function requireTable(context: MaterializationContext): void {
  const { existing, node, adapter } = context;
  if (existing === undefined || existing.type === 'table' || existing.type === undefined) return;
  const name = adapter.statements.renderRelation(existing);
  throw snapshotProblem(
    context,
    `${name} is a ${existing.type.replaceAll('_', ' ')}, so snapshot '${node.name}' cannot keep its versions there`,
    'Drop it, or give the snapshot another schema or alias',
  );
}

/** A mode that means nothing must not pass for one that ignores what is gone. A strategy of the project may have its own. */
export function requireHardDeletes(context: MaterializationContext): void {
  const { config, name } = context.node;
  const isBuiltIn = config.strategy === 'timestamp' || config.strategy === 'check';
  if (!isBuiltIn || hardDeletesOf(config) !== undefined) return;
  const { hard_deletes: mode, invalidate_hard_deletes: invalidates = null } = config;
  throw invalidates === null
    ? snapshotProblem(
        context,
        `'hard_deletes' of snapshot '${name}' is ${showValue(mode)}`,
        (typeof mode === 'string' ? didYouMeanHint(mode, hardDeletesModes) : undefined) ??
          `It is one of ${hardDeletesModes.join(', ')}`,
      )
    : snapshotProblem(
        context,
        `Snapshot '${name}' has both 'hard_deletes' and 'invalidate_hard_deletes'`,
        'Keep hard_deletes alone',
      );
}

/**
 * The settings that name columns name columns of the query; an expression is left to the warehouse. As long as there is
 * nothing to compare with, a column of `check_cols` may be missing: dbt's projects get as far as that.
 */
export function requireColumns(context: MaterializationContext, columns: readonly Column[], isFirst = false): void {
  const { config, name } = context.node;
  const names = columns.map((column) => column.name);
  const known = new Set(names.map((column) => column.toLowerCase()));
  for (const setting of ['unique_key', 'updated_at', 'check_cols'] as const) {
    const value = config[setting];
    if (setting === 'check_cols' && value === 'all') continue;
    const missing = [value].flat().find((part) => isPlainName(part) && !known.has(part.toLowerCase()));
    if (typeof missing !== 'string') continue;
    const message = `'${setting}' of snapshot '${name}' names '${missing}', which is not a column of its query`;
    const hint = didYouMeanHint(missing, names) ?? `Its columns: ${names.join(', ')}`;
    if (!isFirst || setting !== 'check_cols') throw snapshotProblem(context, message, hint);
    context.warn(`${message}: the next snapshot will fail. ${hint}`);
  }
}

const isPlainName = (part: unknown): part is string => typeof part === 'string' && /^[a-z_]\w*$/i.test(part);

/** A column of the query that is called like one that the snapshot adds would be taken for it. */
export function requireFreeNames(
  context: MaterializationContext,
  columns: readonly Column[],
  added: readonly string[],
): void {
  const reserved = new Set(added.map((name) => name.toLowerCase()));
  const taken = columns.find(({ name }) => reserved.has(name.toLowerCase()));
  if (taken === undefined) return;
  throw snapshotProblem(
    context,
    `The query of snapshot '${context.node.name}' returns a column '${taken.name}', which is what the snapshot calls one of its own`,
    'Give it another name in the query, or rename the snapshot’s with snapshot_meta_column_names',
  );
}

/** The table has to have been made by a snapshot with these settings. */
export function requireVersionColumns(
  context: MaterializationContext,
  existing: readonly Column[],
  columns: SnapshotColumns,
  marksDeleted: boolean,
): void {
  const known = new Set(existing.map(({ name }) => name.toLowerCase()));
  const wanted = [columns.dbt_scd_id, columns.dbt_valid_from, columns.dbt_valid_to];
  const missing = [...wanted, ...(marksDeleted ? [columns.dbt_is_deleted] : [])].filter(
    (name) => !known.has(name.toLowerCase()),
  );
  if (missing.length === 0) return;
  const table = context.adapter.statements.renderRelation(context.target);
  const list = missing.map((name) => `'${name}'`).join(', ');
  const onlyMark = marksDeleted && missing.length === 1 && missing[0] === columns.dbt_is_deleted;
  throw snapshotProblem(
    context,
    `The table ${table} of snapshot '${context.node.name}' lacks ${list}`,
    onlyMark
      ? `'hard_deletes: new_record' needs it: alter table ${table} add column ${columns.dbt_is_deleted} varchar`
      : 'snapshot_meta_column_names may have been changed, or the table was not made by this snapshot',
  );
}

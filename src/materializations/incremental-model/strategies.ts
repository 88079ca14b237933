import { didYouMeanHint, type MaterializationContext, type MergeRequest, type Relation } from '../../core/index.ts';
import { type IncrementalSettings, settingProblem } from './settings.ts';

export interface StrategyRequest {
  readonly context: MaterializationContext;
  readonly settings: IncrementalSettings;
  readonly target: Relation;
  /** Where the new rows were staged. */
  readonly source: Relation;
  /** Columns to fill, as the target calls them. */
  readonly columns: readonly string[];
}

type Statements = readonly string[] | Promise<readonly string[]>;

/** The statements that bring the staged rows into the target; the last one says how many there are. */
export const strategyStatements: Readonly<
  Record<Exclude<IncrementalSettings['strategy'], 'microbatch'>, (request: StrategyRequest) => Statements>
> = {
  custom: async (request) => {
    const { context, settings, target, source } = request;
    const known = new Map((await context.session.columnsOf(target)).map((column) => [column.name, column]));
    const columns = request.columns.map((name) => known.get(name) ?? { name, type: '' });
    const sql = await settings.custom?.({ target, source, columns, predicates: settings.predicates });
    return sql ? [sql] : [];
  },

  append: ({ context, target, source, columns }) => [context.adapter.statements.insertFrom(target, columns, source)],

  'delete+insert': ({ context, settings, target, source, columns }) => {
    const { statements } = context.adapter;
    const { uniqueKey, predicates } = settings;
    const insert = statements.insertFrom(target, columns, source);
    return uniqueKey.length === 0
      ? [insert]
      : [statements.deleteMatching({ target, source, uniqueKey, predicates }), insert];
  },

  insert_overwrite: (request) => {
    const { context, settings, target, source } = request;
    const { statements } = context.adapter;
    const { partitionBy: uniqueKey, predicates, overwriteColumns } = settings;
    const columns =
      overwriteColumns.length === 0
        ? request.columns
        : overwriteColumns.map((name) => columnNamed(request, name, "'overwrite_columns'"));
    if (uniqueKey.length === 0 && predicates.length === 0 && statements.overwriteFrom) {
      return [statements.overwriteFrom(target, columns, source)];
    }
    const clear =
      uniqueKey.length === 0
        ? statements.deleteWhere(target, predicates)
        : statements.deletePartitions({ target, source, uniqueKey, predicates });
    return [clear, statements.insertFrom(target, columns, source)];
  },

  merge: (request) => {
    const { context, settings, target, source, columns } = request;
    const { uniqueKey, predicates, mergeUpdateCondition, mergeInsertCondition, mergeClauses } = settings;
    const { statements } = context.adapter;
    const merge: MergeRequest = {
      target,
      source,
      uniqueKey,
      predicates,
      columns,
      updateColumns: uniqueKey.length === 0 ? [] : updateColumns(request),
      setExpressions: new Map(
        [...settings.mergeSetExpressions].map(([name, expression]) => [columnNamed(request, name), expression]),
      ),
      updateCondition: mergeUpdateCondition,
      insertCondition: mergeInsertCondition,
    };
    const branches = mergeClauses === undefined ? undefined : statements.mergeBranches?.(mergeClauses, merge);
    if (typeof branches === 'string') throw settingProblem(context, branches);
    return [statements.merge({ ...merge, branches })];
  },
};

export function updateColumns(request: StrategyRequest): readonly string[] {
  const { settings, columns } = request;
  if (settings.mergeUpdateColumns.length > 0) {
    return settings.mergeUpdateColumns.map((name) => columnNamed(request, name));
  }
  // A project says for all its models what is to be left as it is: not every model has all of that.
  const excluded = new Set(settings.mergeExcludeColumns.map((name) => bareName(name).toLowerCase()));
  const onlyExpressions = excluded.size === 0 && settings.mergeSetExpressions.size > 0;
  return onlyExpressions ? columns : columns.filter((column) => !excluded.has(column.toLowerCase()));
}

const bareName = (name: string): string => name.replace(/^"(.*)"$/, '$1');

/** The target's own spelling of a column that a setting names. */
export function columnNamed({ context, columns }: StrategyRequest, name: string, setting = 'a merge setting'): string {
  const bare = bareName(name);
  const found = columns.find((column) => column.toLowerCase() === bare.toLowerCase());
  if (found !== undefined) return found;
  throw settingProblem(
    context,
    `Column '${bare}' of ${setting} is not a column of ${context.node.name}`,
    didYouMeanHint(bare, columns) ?? `Columns: ${columns.join(', ')}.`,
  );
}

import {
  type CsvColumn,
  error,
  type Json,
  type Materialization,
  type MaterializationContext,
  Problem,
  type Relation,
  type StatementResult,
} from '../core/index.ts';
import { dropReplaced, takePlace } from './building/aside.ts';
import { build } from './building/build.ts';
import { hasOwnLoading, loadByMacros } from './seed-table/own-loading.ts';

/** A table filled from a CSV file of the project. */
const seed: Materialization = {
  name: 'seed',
  async materialize(context) {
    const { existing, node } = context;
    if (existing?.type === 'view') {
      const name = context.adapter.statements.renderRelation(existing);
      throw seedProblem(
        context,
        `Cannot seed to '${name}', it is a view`,
        `Drop the view, or give ${node.name} an alias.`,
      );
    }
    const { file, delimiter, describe, load } = csvOf(context);
    const columnTypes = (node.config.column_types ?? {}) as Record<string, string>;
    const columns = await describe({ file, delimiter, columnTypes }).catch(atSeed(context));
    const relation = { ...context.target, type: 'table' as const };
    const quoteColumns = (node.config.quote_columns ?? context.adapter.capabilities.quotesNames ?? true) !== false;
    const rebuild = existing === undefined || context.fullRefresh;
    const result = await build(
      context,
      { severalStatements: true, relationType: 'table', newTable: rebuild },
      async () => {
        const loadInto = (place: Relation, overwrite: boolean): Promise<StatementResult> =>
          load({ relation: place, file, delimiter, columns, quoteColumns, overwrite }).catch(
            atSeed(context, rebuild ? undefined : keepsColumns),
          );
        const prepare = (): Promise<StatementResult> =>
          context.execute(prepareTable(context, relation, columns, rebuild, quoteColumns));
        const loading = { prepare, load: () => loadInto(relation, false) };
        if (hasOwnLoading(context)) return loadByMacros(context, file, rebuild, loading);
        if (context.adapter.capabilities.transactionalDdl) {
          await prepare();
          return loading.load();
        }
        if (!rebuild) return loadInto(relation, true);
        // What cannot be rolled back is filled where nobody reads it.
        const beside = { ...relation, identifier: `${relation.identifier}__dbt_tmp` };
        await context.execute(prepareTable(context, beside, columns, true, quoteColumns));
        const loaded = await loadInto(beside, false);
        await takePlace(context, beside, relation);
        await dropReplaced(context, beside);
        return loaded;
      },
    );
    const rows = result.rowsAffected ?? 0;
    return {
      relations: [relation],
      rowsAffected: rows,
      message: `${context.fullRefresh ? 'CREATE' : 'INSERT'} ${rows}`,
    };
  },
};

export default seed;

/** A known table keeps its columns and gets new rows; `--full-refresh` and the first run make it anew. */
function prepareTable(
  context: MaterializationContext,
  relation: Relation,
  columns: readonly CsvColumn[],
  rebuild: boolean,
  quote: boolean,
): string {
  const { statements } = context.adapter;
  if (!rebuild) return statements.truncate(relation);
  return statements.createTable(
    relation,
    columns.map(({ name, type }) => ({ name, type, quote })),
    { replace: true, config: context.node.config },
  );
}

function csvOf(context: MaterializationContext) {
  const { node, session, seedFile } = context;
  const { describeCsv, loadCsv } = session;
  if (!describeCsv || !loadCsv) {
    throw seedProblem(context, `The adapter '${context.adapter.type}' cannot load CSV files`);
  }
  const delimiter: Json | undefined = node.config.delimiter as Json | undefined;
  if (delimiter !== undefined && delimiter !== null && (typeof delimiter !== 'string' || delimiter.length !== 1)) {
    throw seedProblem(context, `'delimiter' of a seed must be one character, not ${JSON.stringify(delimiter)}`);
  }
  return {
    file: seedFile ?? node.original_file_path,
    delimiter: delimiter ?? ',',
    describe: describeCsv.bind(session),
    load: loadCsv.bind(session),
  };
}

const keepsColumns =
  'The table keeps its columns and their types. If those of the file have changed, --full-refresh makes it anew.';

/** The adapter knows the file, not the node. */
function atSeed({ node }: MaterializationContext, hint?: string): (failure: unknown) => never {
  return (failure) => {
    if (!(failure instanceof Problem)) throw failure;
    const { definition } = node.origin;
    const located = failure.diagnostics.map((diagnostic) => ({
      ...diagnostic,
      hint: diagnostic.hint ?? hint,
      span: diagnostic.span ? { ...diagnostic.span, file: definition.file } : definition,
    }));
    throw new Problem(...located);
  };
}

function seedProblem({ node }: MaterializationContext, message: string, hint?: string): Problem {
  return new Problem(error('materialize/seed', message, { span: node.origin.definition, hint }));
}

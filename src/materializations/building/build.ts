import { hooksOf, type MaterializationContext, type StatementResult } from '../../core/index.ts';
import { persistDocumentation, wantedDocumentation } from './documentation.ts';
import { applyGrants } from './grants.ts';
import { createIndexes, wantedIndexes } from './indexes.ts';
import { dropRelation, hasOwnFinish, type MadeType } from './own-statements.ts';
import { amongReferences } from './references.ts';
import { asWhole } from './transaction.ts';

export interface BuildOptions {
  /** Whether `main` sends more than one statement that readers must see together. */
  readonly severalStatements: boolean;
  /** The table or view that is there when `main` has ended. */
  readonly relationType: MadeType;
  /** Whether that is a new table, which has no indexes yet. Default false. */
  readonly newTable?: boolean;
}

/**
 * The frame around every build, in dbt's order: hooks outside, begin, hooks inside, the build, descriptions, hooks
 * inside, commit, hooks outside. A transaction costs two statements, so it is left out where a single statement does
 * the work. Whatever fails inside is rolled back: readers never see half of it. Where definitions cannot be rolled back
 * there is no transaction around them, and `main` sees to it that nobody reads half of anything.
 */
export async function build(
  context: MaterializationContext,
  options: BuildOptions,
  main: () => Promise<StatementResult>,
): Promise<StatementResult> {
  for (const leftover of context.leftovers ?? []) await dropRelation(context, leftover);
  await context.runHooks('pre-hook', false);
  const documentation = wantedDocumentation(context);
  const header = sqlHeader(context);
  const indexed = options.newTable === true && wantedIndexes(context).length > 0;
  const work = async (): Promise<StatementResult> => {
    await context.runHooks('pre-hook', true);
    if (header !== undefined) await context.execute(header);
    const result = await main();
    if (options.newTable) await createIndexes(context);
    await persistDocumentation(context, documentation, options.relationType);
    await applyGrants(context, options.relationType);
    await context.runHooks('post-hook', true);
    return result;
  };
  const documented = documentation.relation || documentation.columns;
  const finished = documented || indexed || hasOwnFinish(context);
  const needed = options.severalStatements || finished || hasHooksInside(context);
  const result = needed
    ? await (options.newTable ? amongReferences(context, () => asWhole(context, work)) : asWhole(context, work))
    : await work();
  await context.runHooks('post-hook', false);
  return result;
}

function hasHooksInside({ node, ownMacro }: MaterializationContext): boolean {
  if (ownMacro?.('run_hooks')) return true;
  return hooksOf(node.config).some((hook) => hook.transaction);
}

/** `sql_header`: statements of the user that prepare the session, such as `set` or a temporary function. */
export function sqlHeader({ node }: MaterializationContext): string | undefined {
  const header = node.config.sql_header;
  return typeof header === 'string' && header.trim() !== '' ? header : undefined;
}

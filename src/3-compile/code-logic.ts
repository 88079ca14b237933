import { type CodeLogic, hasOwnCode } from '../core/index.ts';
import { findDialect } from '../sql/index.ts';
import { besideSql, createVersionCompiler } from './code-version.ts';
import type { CompilerInput } from './compilation.ts';

/** Gives what a node's code makes of what it reads; undefined where its SQL does not tell. */
export type CodeLogics = (id: string) => Promise<CodeLogic | undefined>;

/** The logic of code column by column, of the same SQL as `createCodeVersions` makes versions of. */
export function createCodeLogics(input: Pick<CompilerInput, 'graph' | 'environment' | 'shelves'>): CodeLogics {
  let compile: ReturnType<typeof createVersionCompiler> | undefined;
  return async (id) => {
    const node = input.graph.nodes.get(id);
    const { graph, environment, shelves } = input;
    const name = environment.target.dialect ?? graph.project.settings.dialect ?? shelves.adapter.dialect;
    const dialect = findDialect(name);
    if (!node || !hasOwnCode(node) || node.resource_type === 'seed' || node.language !== 'sql' || !dialect)
      return undefined;
    compile ??= createVersionCompiler(input);
    const compiled = await compile(node).catch(() => undefined);
    if (!compiled) return undefined;
    const { logicOfSql } = await import('./reading/logic-of-sql.ts');
    return logicOfSql((compiled.authored ?? compiled).sql, dialect, besideSql(node, input));
  };
}

import { type CompiledNode, type CompilerInput, createCompiler } from '../3-compile/index.ts';
import type { Loaded } from '../cli/engine/loaded.ts';
import type { PartitionSlice, Session, Warehouse } from '../core/index.ts';
import { analysisOf } from './analysis.ts';
import { translatorOf } from './translation.ts';

/** Compiles a node as a run would, for a query that is sent through the session; what it calls there is made first. */
export type QueryCompiler = (id: string, session: Session, slice?: PartitionSlice) => Promise<CompiledNode>;

/** @param warehouse asked for what the SQL alone does not tell. Undefined: it is not. */
export async function createQueryCompiler(
  loaded: Loaded,
  input: CompilerInput,
  warehouse: Warehouse | undefined,
): Promise<QueryCompiler> {
  const authors = createCompiler(input);
  const translator = await translatorOf(loaded, analysisOf(loaded, { compiler: authors, warehouse }));
  const compiler = translator ? createCompiler({ ...input, translate: translator.translate }) : authors;
  return async (id, session, slice) => {
    const compiled = await compiler.compile(id, session, undefined, slice);
    for (const statement of translator?.prelude(compiled.sql) ?? []) await session.execute(statement);
    return compiled;
  };
}

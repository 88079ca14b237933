import { openTranslator, type Translator } from '../3-compile/index.ts';
import type { Loaded } from '../cli/engine/loaded.ts';
import type { Warehouse } from '../core/index.ts';
import { dialectOf, type ProjectAnalysis } from './analysis.ts';

/** Says the project's SQL in the warehouse's dialect; undefined where that is the same. */
export async function translatorOf(loaded: Loaded, { open }: ProjectAnalysis): Promise<Translator | undefined> {
  const { graph, shelves } = loaded;
  const from = dialectOf(loaded);
  if (from === shelves.adapter.dialect) return undefined;
  return openTranslator({ graph, adapter: shelves.adapter, from, analyst: open });
}

/**
 * Puts the macros that translated SQL calls into the warehouse, where views find them too, whoever reads them. Making
 * them again does no harm, so that every run does.
 */
export async function installPrelude(translator: Translator, warehouse: Warehouse): Promise<void> {
  const session = await warehouse.openSession();
  try {
    for (const statement of translator.prelude()) await session.execute(kept(statement));
  } finally {
    await session.close();
  }
}

const kept = (statement: string): string => statement.replace(/^create or replace temp /, 'create or replace ');

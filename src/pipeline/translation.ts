import { hash } from 'node:crypto';
import { type KeptByKey, openTranslator, type Translator } from '../3-compile/index.ts';
import type { Loaded } from '../cli/engine/loaded.ts';
import type { Warehouse } from '../core/index.ts';
import { dialectOf, type ProjectAnalysis } from './analysis.ts';

/**
 * Says the project's SQL in the warehouse's dialect; undefined where that is the same.
 *
 * @param kept what earlier commands have said. Default: all is said anew.
 */
export async function translatorOf(
  loaded: Loaded,
  { open }: ProjectAnalysis,
  kept?: KeptByKey<string>,
): Promise<Translator | undefined> {
  const { graph, shelves } = loaded;
  const from = dialectOf(loaded);
  if (from === shelves.adapter.dialect) return undefined;
  return openTranslator({ graph, adapter: shelves.adapter, from, analyst: open, kept });
}

/**
 * Puts the macros that translated SQL calls into the warehouse, where views find them too, whoever reads them. The last of
 * them says which they are: a warehouse that has the same ones is left as it is.
 */
export async function installPrelude(translator: Translator, warehouse: Warehouse): Promise<void> {
  const statements = translator.prelude().map(kept);
  const sum = hash('sha1', statements.join('\n'));
  const session = await warehouse.openSession();
  try {
    const found = await session.query('select ingot_macros()').catch(() => undefined);
    if (found?.rows[0]?.[0] === sum) return;
    for (const statement of statements) await session.execute(statement);
    await session.execute(`create or replace macro ingot_macros() as '${sum}'`);
  } finally {
    await session.close();
  }
}

const kept = (statement: string): string => statement.replace(/^create or replace temp /, 'create or replace ');

import {
  type CompilerInput,
  createCompiler,
  createSequenceTables,
  openTranslator,
  type Translator,
  type UnitTestWarehouse,
} from '../3-compile/index.ts';
import type { Plan } from '../4-plan/index.ts';
import type { UnitTesting as Running } from '../5-execute/index.ts';
import type { Loaded } from '../cli/engine/loaded.ts';
import type { Session, Warehouse } from '../core/index.ts';
import { dialectOf, type ProjectAnalysis } from './analysis.ts';
import { type ScratchAdapter, scratchAdapter } from './scratch.ts';
import { installPrelude } from './translation.ts';

/** Where unit tests run, as long as a command runs. */
export interface UnitTesting extends UnitTestWarehouse, Pick<Warehouse, 'openSession' | 'close'> {
  /** An empty warehouse in memory, ready for what the project's SQL is translated to. */
  openScratch(): Promise<Warehouse>;
}

export interface UnitTestingRequest {
  readonly analysis: ProjectAnalysis;
  /** Into the dialect of the target's warehouse. */
  readonly translator: Translator | undefined;
  readonly warehouse: Warehouse;
}

/** Whether a plan has nothing but unit tests, and those run in a warehouse that is not the target's. */
export function runsElsewhere({ steps }: Plan, { graph, shelves }: Loaded): boolean {
  if (shelves.adapter.openScratch !== undefined) return false;
  return steps.every(({ nodeId }) => graph.nodes.get(nodeId)?.resource_type === 'unit_test');
}

/**
 * Opens the warehouse that runs the unit tests of a plan. A target whose warehouse is in this process runs them itself,
 * as in dbt; for another one they are translated and run in an empty warehouse in memory, so that a test costs no
 * money and needs no connection. Undefined where there are none. Throws `Problem` where that cannot be.
 */
export async function openUnitTesting(
  { steps }: Plan,
  loaded: Loaded,
  { analysis, translator, warehouse }: UnitTestingRequest,
): Promise<UnitTesting | undefined> {
  const { graph, shelves } = loaded;
  if (!steps.some(({ nodeId }) => graph.nodes.get(nodeId)?.resource_type === 'unit_test')) return undefined;
  if (shelves.adapter.openScratch) {
    const { adapter } = shelves;
    const openSession = (): ReturnType<Warehouse['openSession']> => warehouse.openSession();
    const openScratch = scratchOpener(adapter as ScratchAdapter, translator);
    return { adapter, isTarget: true, translator, openSession, openScratch, close: async () => undefined };
  }
  const adapter = await scratchAdapter(`the unit tests of ${shelves.adapter.type} could run in`);
  const from = dialectOf(loaded);
  const said =
    from === adapter.dialect ? undefined : await openTranslator({ graph, adapter, from, analyst: analysis.open });
  const scratch = await adapter.openScratch();
  let describing: Promise<Session> | undefined;
  return {
    adapter,
    isTarget: false,
    translator: said,
    describing: () => {
      describing ??= openPrepared(scratch, said);
      return describing;
    },
    openSession: () => scratch.openSession(),
    openScratch: scratchOpener(adapter, said),
    close: () => scratch.close(),
  };
}

/** What the sequences of unit tests run with, too. */
export function withSequences(testing: UnitTesting, compiling: CompilerInput): Running {
  const { translator } = testing;
  return {
    ...testing,
    sequenceTables: createSequenceTables(compiling),
    compilerIn: ({ tables, ...scratch }) =>
      createCompiler({
        ...compiling,
        ...scratch,
        deferred: undefined,
        translate: translator && ((node, compiled) => translator.translate(node, compiled, tables)),
      }),
  };
}

function scratchOpener(adapter: ScratchAdapter, translator: Translator | undefined): () => Promise<Warehouse> {
  return async () => {
    const scratch = await adapter.openScratch();
    if (translator) await installPrelude(translator, scratch);
    return scratch;
  };
}

async function openPrepared(warehouse: Warehouse, translator: Translator | undefined): Promise<Session> {
  const session = await warehouse.openSession();
  for (const statement of translator?.prelude() ?? []) await session.execute(statement);
  return session;
}

import { join } from 'node:path';
import type { Graph } from '../../2-graph/index.ts';
import type { Call } from '../../cli/engine/call.ts';
import type { RunOutcome } from '../../cli/engine/run.ts';
import {
  type Diagnostic,
  type LeftOut,
  type ReviewDifference,
  type ReviewPlace,
  type ReviewResult,
  type Session,
  type Span,
  spokenName,
} from '../../core/index.ts';
import { targetFolder } from '../locations.ts';
import { runLoaded } from '../run.ts';
import { type ChosenNodes, chooseNodes } from './choose-nodes.ts';
import { databasesOf } from './clean.ts';
import { differencesOf } from './differences.ts';
import { failingRows } from './failing-rows.ts';
import type { SharedWarehouse } from './metered.ts';
import { type Prepared, type PrepareRequest, prepareBuild } from './prepare-build.ts';
import { refusedAsProblem } from './refused.ts';
import { notRun, reviewResults, timeIsOver } from './results.ts';
import { resultsInProduction } from './results-in-production.ts';
import { dropSchemas, findSchemas } from './schemas.ts';
import { undecidedTests } from './undecided-tests.ts';

export interface BuildRequest extends PrepareRequest {
  /** Tests and unit tests that are new or other than they were. */
  readonly tests: readonly string[];
  readonly shared: SharedWarehouse;
  /** Nothing is begun after this moment, in milliseconds since 1970. */
  readonly until: number;
}

/** What came of building a change. */
export interface BuiltChange {
  results(placeOf: (span: Span) => ReviewPlace | undefined): readonly ReviewResult[];
  readonly differences: readonly ReviewDifference[];
  readonly leftOut: readonly LeftOut[];
  /** What no result tells. */
  readonly problems: readonly Diagnostic[];
  /** Undefined where nothing was built. */
  readonly schema: string | undefined;
}

export const nothingBuilt: BuiltChange = {
  results: () => [],
  differences: [],
  leftOut: [],
  problems: [],
  schema: undefined,
};

/**
 * Builds and tests what a change can alter, in schemas of the review; everything else is read from production. Throws
 * `Problem` where the schemas cannot be made.
 */
export async function buildChange(building: BuildRequest): Promise<BuiltChange> {
  const { request, changes, tests, relations, loaded, shared, host, until } = building;
  const { graph, environment } = loaded;
  const chosen = chooseNodes(graph, {
    changes,
    changedTests: tests,
    mostNodes: request.mostNodes,
    isInProduction: (id) => relations.has(id),
  });
  if (chosen.built.length + chosen.tests.length === 0) return { ...nothingBuilt, leftOut: chosen.leftOut };
  // What growing models begin with may be large: it is not copied for nothing.
  if (host.now().getTime() > until) return { ...nothingBuilt, leftOut: allLeftOut(chosen, graph) };
  const warehouse = await shared.adapter.connect(environment.target.output, { threads: environment.target.threads });
  const session = await warehouse.openSession();
  try {
    const prepared = await prepareBuild(chosen, building, session);
    const { partitions } = prepared;
    const undecided = await undecidedTests(loaded, { ...chosen, changes, partitions });
    const outcome = await run(chosen, { prepared, undecided }, building);
    return await lookAt(outcome, { chosen, prepared, undecided, session }, building);
  } finally {
    if (request.drop) await dropOwn(building, session);
    await session.close();
  }
}

function allLeftOut({ built, tests, leftOut }: ChosenNodes, graph: Graph): readonly LeftOut[] {
  const late = [...built, ...tests].map((id) => ({ id, name: graph.nodes.get(id)?.name ?? id, reason: timeIsOver }));
  return [...leftOut, ...late];
}

function run(
  { built, tests }: ChosenNodes,
  { prepared, undecided }: Pick<Finished, 'prepared' | 'undecided'>,
  { relations, loaded, given, host, until }: BuildRequest,
): Promise<RunOutcome> {
  const here = new Set(built);
  const deferred = new Map([...relations].filter(([id]) => !here.has(id)));
  // A store of its own: what fails here is no history of production, nor of who else builds with the target.
  const stateFile = join(targetFolder(loaded), 'state.db');
  const only = [...built, ...tests];
  const call: Call = { ...given, command: 'build', only, defer: true, stateFile, partitions: undefined };
  const partitions = new Map([...prepared.partitions].map(([id, part]) => [id, part.keys]));
  const onlyWarning = new Set(undecided.keys());
  return runLoaded(loaded, call, host, { deferred, partitions, onlyWarning, until });
}

interface Finished {
  readonly chosen: ChosenNodes;
  readonly prepared: Prepared;
  /** Tests whose failures say nothing of the change, and why. */
  readonly undecided: ReadonlyMap<string, readonly string[]>;
  readonly session: Session;
}

async function lookAt(
  outcome: RunOutcome,
  { chosen, prepared, undecided, session }: Finished,
  { relations, production, loaded, given, host, until }: BuildRequest,
): Promise<BuiltChange> {
  const { graph } = loaded;
  const mayGoOn = (): boolean => !host.signal.aborted && host.now().getTime() <= until;
  const ended = (success: boolean): ReadonlySet<string> =>
    new Set(outcome.results.filter(({ status }) => (status === 'success') === success).map(({ nodeId }) => nodeId));
  const [succeeded, failed] = [ended(true), ended(false)];
  const differences = await differencesOf(
    chosen.built.filter((id) => succeeded.has(id) && !failed.has(id)),
    loaded,
    {
      session,
      production: relations,
      partitions: prepared.partitions,
      mayGoOn,
    },
  );
  const examples = await failingRows(outcome, { loaded, given, host, session });
  const before = await resultsInProduction(outcome.results, { production, relations, session, mayGoOn });
  return {
    results: (placeOf) => reviewResults(outcome.results, { graph, placeOf, examples, unjudged: undecided, before }),
    differences,
    leftOut: [...chosen.leftOut, ...notRun(outcome.results, graph)],
    problems: outcome.diagnostics,
    schema: prepared.schemas.length === 0 ? undefined : prepared.schemas.map(spokenName).join(', '),
  };
}

async function dropOwn({ request, loaded }: BuildRequest, session: Session): Promise<void> {
  const { graph, shelves } = loaded;
  const { statements } = shelves.adapter;
  await refusedAsProblem(async () => {
    const found = await findSchemas(databasesOf(loaded), graph.project.name, session, statements);
    const own = found.filter(({ note }) => note.pullRequest === request.schemaKey);
    await dropSchemas(own, session, statements);
  });
}

import type { Graph } from '../../2-graph/index.ts';
import type { Loaded } from '../../cli/engine/loaded.ts';
import {
  isEphemeral,
  judgeTest,
  Problem,
  type Relation,
  RelationCache,
  type ResultInProduction,
  type Session,
  StatementError,
  type StepFinished,
  type TestNode,
  testResultProblem,
  testStatement,
} from '../../core/index.ts';
import { TemplateError } from '../../jinja/index.ts';
import { createQueryCompiler, type QueryCompiler } from '../query-compiler.ts';

export interface InProductionRequest {
  /** The project with production's names. */
  readonly production: Loaded;
  /** What production has, by unique id. */
  readonly relations: ReadonlyMap<string, Relation>;
  readonly session: Session;
  /** Asked before each test: false where there is no time left. */
  readonly mayGoOn: () => boolean;
}

/** What data tests that found rows say of production, by unique id: whether it is the change that they found. */
export async function resultsInProduction(
  results: readonly StepFinished[],
  { production, relations, session, mayGoOn }: InProductionRequest,
): Promise<ReadonlyMap<string, ResultInProduction>> {
  const { graph, environment, shelves } = production;
  const faults = new Set(
    results.filter(({ status }) => status === 'fail' || status === 'warn').map((one) => one.nodeId),
  );
  const found = new Map<string, ResultInProduction>();
  let compile: QueryCompiler | undefined;
  for (const id of faults) {
    const node = graph.nodes.get(id);
    if (node?.resource_type !== 'test' || !isThere(id, graph, relations) || !mayGoOn()) continue;
    const compiling = {
      graph,
      environment,
      shelves,
      relations: new RelationCache(),
      deferred: relations,
      selected: [id],
    };
    const telling = { emit: () => undefined, now: () => environment.startedAt.getTime() };
    compile ??= await createQueryCompiler(production, { ...compiling, ...telling }, undefined);
    const result = await resultOf(node, compile, session, production);
    if (result) found.set(id, result);
  }
  return found;
}

/** Whether production has all that a test reads, also in ephemeral models. */
function isThere(id: string, graph: Graph, relations: ReadonlyMap<string, Relation>): boolean {
  return (graph.parents.get(id) ?? []).every(
    (parent) => relations.has(parent) || (isEphemeral(graph.nodes.get(parent)) && isThere(parent, graph, relations)),
  );
}

/** Undefined where production cannot be asked so: the test may be of a column that it has not. */
async function resultOf(
  node: TestNode,
  compile: QueryCompiler,
  session: Session,
  { shelves }: Loaded,
): Promise<ResultInProduction | undefined> {
  try {
    const { sql } = await compile(node.unique_id, session);
    const table = await session.query(testStatement(node.config, sql, shelves.adapter.statements));
    if (testResultProblem(table) !== undefined) return undefined;
    const { status, failures } = judgeTest(node.config, table, false);
    return { status, failures };
  } catch (failure) {
    const isOfProject = failure instanceof Problem || failure instanceof TemplateError;
    if (!isOfProject && !(failure instanceof StatementError)) throw failure;
    return undefined;
  }
}

import { createQuietCompiler } from '../../3-compile/index.ts';
import { describeFailure } from '../../5-execute/index.ts';
import type { Loaded } from '../../cli/engine/loaded.ts';
import { type Diagnostic, hasOwnCode, type Node, Problem, StatementError } from '../../core/index.ts';
import { analysisOf } from '../analysis.ts';
import { readSample, sampleFolder } from '../sample/sample-file.ts';
import { translatorOf } from '../translation.ts';
import { withRecorded } from './offline-warehouse.ts';

/** What can be told of a project without its warehouse. */
export interface Examined {
  readonly problems: readonly Diagnostic[];
  /** Nodes and hooks that say what the warehouse in this process has no words for, with the first such thing, by unique id. */
  readonly missing: ReadonlyMap<string, string>;
}

/**
 * Compiles a whole project, looks through its SQL, and says it in the dialect of the warehouse in this process. A template
 * that asks for a table which is not there is not known to be wrong.
 *
 * @param loaded of `loadOffline`.
 */
export async function examineOffline(loaded: Loaded): Promise<Examined> {
  const { sample } = readSample(sampleFolder(loaded.graph.project));
  const ready = await withRecorded(loaded, sample?.tables ?? []);
  const { graph, environment, shelves } = ready;
  const warehouse = await shelves.adapter.connect(environment.target.output, { threads: 1 });
  try {
    const session = await warehouse.openSession();
    const compiler = createQuietCompiler({ ...ready, selected: graph.order });
    const analysis = analysisOf(ready, { compiler, warehouse });
    const translator = await translatorOf(ready, analysis);
    const examine = async (node: Node): Promise<readonly Diagnostic[]> => {
      if (node.resource_type === 'operation') {
        const sql = await compiler.hook(node.raw_code, node, session);
        const hook = { id: node.unique_id, sql, extraCtes: [], locate: () => undefined };
        return (await translator?.translateHook(node, hook))?.warnings ?? [];
      }
      const compiled = await compiler.compile(node.unique_id, session);
      const problems = await analysis.check(compiled);
      // What is no SQL in its own dialect is none in another.
      if (problems.every(({ severity }) => severity !== 'error')) await translator?.translate(node, compiled);
      return problems;
    };
    const problems: Diagnostic[] = [];
    const missing = new Map<string, string>();
    for (const id of graph.order) {
      const node = graph.nodes.get(id);
      if (!node || !hasOwnCode(node) || node.resource_type === 'seed') continue;
      const found = await examine(node).catch((failure: unknown) => describeUnlessAsked(failure, node));
      problems.push(...found.filter((problem) => !isMissing(problem)));
      const first = found.find(isMissing);
      if (first) missing.set(id, first.message);
    }
    return { problems, missing };
  } finally {
    await warehouse.close();
  }
}

const isMissing = ({ code }: Diagnostic): boolean => code === 'sql/not-available';

/** What went wrong, unless it is that the warehouse was asked for what it does not have. */
function describeUnlessAsked(failure: unknown, node: Node): readonly Diagnostic[] {
  const cause = failure instanceof Error && !(failure instanceof Problem) ? (failure.cause ?? failure) : failure;
  return cause instanceof StatementError ? [] : describeFailure(failure, node, undefined);
}

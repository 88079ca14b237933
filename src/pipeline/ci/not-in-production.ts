import type { Graph } from '../../2-graph/index.ts';
import {
  type Diagnostic,
  error,
  type GraphNode,
  type Relation,
  type RelationCache,
  type Session,
  spokenName,
} from '../../core/index.ts';
import type { ChosenNodes } from './choose-nodes.ts';

export interface ProductionRequest {
  /** What production should have, by unique id. */
  readonly production: ReadonlyMap<string, Relation>;
  readonly session: Session;
  readonly relations: RelationCache;
}

/** What a review would read in production, and is not there: an error for each, so that nothing is built in vain. */
export async function notInProduction(
  { built, tests }: Pick<ChosenNodes, 'built' | 'tests'>,
  graph: Graph,
  { production, session, relations }: ProductionRequest,
): Promise<readonly Diagnostic[]> {
  const seen = new Set(built);
  const problems: Diagnostic[] = [];
  /** Through what leaves no relation: ephemeral models. */
  const look = async (id: string, reader: string): Promise<void> => {
    for (const parent of graph.parents.get(id) ?? []) {
      if (seen.has(parent)) continue;
      seen.add(parent);
      const relation = production.get(parent);
      if (!relation) await look(parent, reader);
      else if (!(await relations.get(session, relation))) problems.push(missing(relation, graph.nodes.get(reader)));
    }
  };
  for (const id of [...built, ...tests]) await look(id, id);
  return problems;
}

function missing(relation: Relation, reader: GraphNode | undefined): Diagnostic {
  const message = `Production has no ${spokenName(relation)}, which ${reader?.name} reads`;
  const hint = 'Build it there first, or say with --production-target where production is';
  return error('run/not-in-production', message, { hint, span: reader?.origin.definition });
}

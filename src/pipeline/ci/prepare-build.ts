import { quotePart } from '../../1-parse/index.ts';
import type { Call } from '../../cli/engine/call.ts';
import type { Host } from '../../cli/engine/host.ts';
import type { Loaded } from '../../cli/engine/loaded.ts';
import type { ReviewRequest } from '../../cli/engine/review.ts';
import {
  type JsonObject,
  type Node,
  Problem,
  type ProjectChanges,
  type Relation,
  RelationCache,
  type Session,
  sameKeys,
  type UnitTestNode,
} from '../../core/index.ts';
import { beginFromProduction } from './begin-from-production.ts';
import type { ChosenNodes } from './choose-nodes.ts';
import { type BuiltPart, newestPartitions } from './newest-partitions.ts';
import { notInProduction } from './not-in-production.ts';
import { refusedAsProblem } from './refused.ts';
import { makeSchemas } from './schemas.ts';

export interface PrepareRequest {
  readonly request: ReviewRequest;
  readonly changes: ProjectChanges;
  /** What production has, by unique id. */
  readonly relations: ReadonlyMap<string, Relation>;
  /** The project with production's names. */
  readonly production: Loaded;
  /** The project with the names of the review. */
  readonly loaded: Loaded;
  readonly given: Call;
  readonly host: Host;
}

/** Where a review builds, and how much of what is kept by partitions. */
export interface Prepared {
  readonly schemas: readonly Relation[];
  /** By the unique id of their asset. */
  readonly partitions: ReadonlyMap<string, PreparedPart>;
}

/** What a review builds of a model with partitions, and what it has of it beside. */
export interface PreparedPart extends BuiltPart {
  /** What became of the other partitions: they are production's, or missing, or there are none. */
  readonly others: 'production' | 'missing' | 'none';
}

/** Makes the schemas that something is written to, with what growing models begin from. Throws `Problem`. */
export function prepareBuild(
  { built, tests }: Pick<ChosenNodes, 'built' | 'tests'>,
  { request, changes, relations, production, loaded, given, host }: PrepareRequest,
  session: Session,
): Promise<Prepared> {
  const { graph, shelves } = loaded;
  return refusedAsProblem(async () => {
    const cache = new RelationCache();
    const missing = await notInProduction({ built, tests }, graph, {
      production: relations,
      session,
      relations: cache,
    });
    if (missing.length > 0) throw new Problem(...missing);
    const asking = { call: given, session, relations: cache, count: request.partitions };
    const partitions = await newestPartitions(built, production, asking);
    const written = [...built, ...tests].map((id) => graph.nodes.get(id) as Node | UnitTestNode);
    const schemas = schemasOf(written, graph.project.settings.quoting);
    const note = { project: graph.project.name, pullRequest: request.schemaKey, at: host.now().toISOString() };
    await makeSchemas(schemas, note, session, shelves);
    const beginning = { changes, production: relations, session, relations: cache };
    const begun = new Set(await beginFromProduction(built, loaded, beginning));
    return {
      schemas,
      partitions: new Map([...partitions].map(([id, part]) => [id, withOthers(part, begun.has(id))])),
    };
  });
}

/** @param hasBegun whether its table began with what production has. */
export function withOthers(part: BuiltPart, hasBegun: boolean): PreparedPart {
  return { ...part, others: sameKeys(part.keys, part.of) ? 'none' : hasBegun ? 'production' : 'missing' };
}

/** Each once. A test that keeps no rows writes nothing. */
function schemasOf(nodes: readonly (Node | UnitTestNode)[], quoting: JsonObject | undefined): readonly Relation[] {
  const quote = quotePart(quoting);
  const found = nodes.flatMap((node): readonly (readonly [string, Relation])[] => {
    if (node.resource_type === 'unit_test') return [];
    const { database, schema, relation_name: name } = node;
    const writes = name !== null || node.resource_type === 'function';
    return writes ? [[`${database}.${schema}`, { database, schema, identifier: null, ...quote }]] : [];
  });
  return [...new Map(found).values()];
}

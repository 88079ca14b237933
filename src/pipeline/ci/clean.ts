import type { Loaded } from '../../cli/engine/loaded.ts';
import type { CleanOutcome, CleanRequest } from '../../cli/engine/review.ts';
import { hasOwnCode, spokenName } from '../../core/index.ts';
import { hasError } from '../unusable.ts';
import { refusedAsProblem } from './refused.ts';
import { dropSchemas, findSchemas, type NotedSchema } from './schemas.ts';

/** Drops schemas that reviews of a project made and nobody needs any more; others are not looked at. */
export async function cleanSchemas(loaded: Loaded, request: CleanRequest): Promise<CleanOutcome> {
  const { graph, shelves, environment, diagnostics } = loaded;
  if (hasError(diagnostics)) return { exitCode: 2, diagnostics, dropped: [], kept: [] };
  const { statements } = shelves.adapter;
  const warehouse = await shelves.adapter.connect(environment.target.output, { threads: 1 });
  try {
    const session = await warehouse.openSession();
    const databases = databasesOf(loaded);
    const found = await refusedAsProblem(() => findSchemas(databases, graph.project.name, session, statements));
    const closed = request.closed && (await request.closed([...new Set(found.map(({ note }) => note.pullRequest))]));
    const isMeant = ({ note }: NotedSchema): boolean =>
      (request.pullRequest === undefined || note.pullRequest === request.pullRequest) &&
      (request.before === undefined || Date.parse(note.at) < request.before) &&
      (closed === undefined || closed.includes(note.pullRequest));
    const dropped = found.filter(isMeant);
    await refusedAsProblem(() => dropSchemas(dropped, session, statements));
    return {
      exitCode: 0,
      diagnostics,
      dropped: dropped.map(({ schema }) => spokenName(schema)),
      kept: found.filter((one) => !isMeant(one)).map(({ schema }) => spokenName(schema)),
    };
  } finally {
    await warehouse.close();
  }
}

/** Everywhere that a review of the project can have written to. */
export function databasesOf({ graph, environment }: Loaded): readonly (string | null)[] {
  const nodes = [...graph.nodes.values()].filter(hasOwnCode);
  return [...new Set([environment.target.database, ...nodes.map(({ database }) => database)])];
}

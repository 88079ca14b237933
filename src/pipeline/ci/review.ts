import { join } from 'node:path';
import { withBase } from '../../cli/base/with-base.ts';
import type { Call } from '../../cli/engine/call.ts';
import type { Host } from '../../cli/engine/host.ts';
import type { Loaded } from '../../cli/engine/loaded.ts';
import type { ReviewOutcome, ReviewRequest } from '../../cli/engine/review.ts';
import { error, Problem } from '../../core/index.ts';
import { changesOf } from '../changes/changes.ts';
import { loadProject, openProject } from '../loading/load.ts';
import { withKeys, withStoredKeys } from '../partitions/partition-keys.ts';
import { hasError } from '../unusable.ts';
import { buildChange, nothingBuilt } from './build-change.ts';
import { endOf, finishReview, type Looked, lintChanged, nothingFound } from './finish-review.ts';
import { type SharedWarehouse, shareWarehouse } from './metered.ts';
import { inOwnSchemas } from './own-schemas.ts';
import { productionRelations, withNames } from './production-relations.ts';
import { schemaName } from './schema-name.ts';
import { validate } from './validate.ts';

/**
 * Reviews a change: what it does to the project, whether all of it compiles, what it does to data, built beside
 * production in a schema of its own. Throws `Problem` where there is nothing to review: no project, no base, no target.
 */
export async function reviewChange(request: ReviewRequest, given: Call, host: Host): Promise<ReviewOutcome> {
  const startedAt = host.now().getTime();
  const { production, head, isProductionNamed } = await loadHead(request, given, host);
  const now = (): number => host.now().getTime();
  const shared = shareWarehouse(head.shelves.adapter, now, head.environment.target);
  const sharing = (one: Loaded): Loaded => ({ ...one, shelves: { ...one.shelves, adapter: shared.adapter } });
  try {
    const looked = await look(request, {
      production: sharing(production),
      isProductionNamed,
      loaded: sharing(head),
      given,
      host,
      shared,
      startedAt,
    });
    // What was read, sessions tell when they are closed.
    await shared.close();
    return finishReview({ request, looked, loaded: head, meter: shared.meter, host, startedAt });
  } finally {
    await shared.close();
  }
}

interface Head extends Pick<Looking, 'isProductionNamed'> {
  /** As production has it: names of its schemas. */
  readonly production: Loaded;
  /** As it is built here. */
  readonly head: Loaded;
}

async function loadHead(request: ReviewRequest, given: Call, host: Host): Promise<Head> {
  const { settings } = await openProject(given, host);
  const own = schemaName(settings.review?.schema, request.schemaKey);
  const named = request.productionTarget ?? settings.review?.productionTarget;
  const target = named ?? given.target;
  // Beside the artifacts of other commands, which may be the state that it is compared with.
  const targetPath = join(settings.targetPath, 'ci');
  const load = (change: Partial<Call>): Promise<Loaded> =>
    loadProject({ ...given, command: 'build', targetPath, ...change }, host);
  const production = await withStoredKeys(await load({ target }), given);
  const { dynamicKeys } = production.graph.project.settings;
  const built = inOwnSchemas(await load({ schema: own }), own);
  const head = dynamicKeys ? withKeys(built, dynamicKeys) : built;
  const [here, there] = [head.shelves.adapter.type, production.shelves.adapter.type];
  if (here !== there) {
    const message = `Production is kept by ${there} and the review would be built by ${here}: no statement reads both`;
    const hint = 'Name another with --production-target, or build elsewhere with --target';
    throw new Problem(error('cli/review-target', message, { hint }));
  }
  // What is wrong with it stands in the review.
  host.onProject?.({ ...head, diagnostics: [] });
  return { production, head, isProductionNamed: named !== undefined };
}

interface Looking {
  readonly production: Loaded;
  /** Whether somebody has said which target is production's. */
  readonly isProductionNamed: boolean;
  readonly loaded: Loaded;
  readonly given: Call;
  readonly host: Host;
  readonly shared: SharedWarehouse;
  readonly startedAt: number;
}

/** What is wrong is found before anything is built, and with an error nothing is. */
async function look(request: ReviewRequest, looking: Looking): Promise<Looked> {
  const { production, isProductionNamed, loaded, given, host, startedAt } = looking;
  const { state } = given;
  const unknown = nothingFound(state ?? request.base, loaded);
  if (hasError(loaded.diagnostics)) return unknown;
  const asked = state === undefined ? { ref: request.base } : { state };
  const compared = await withBase(asked, production, host, async (opened) => {
    const { baseGraph, ...found } = await changesOf(production, opened, given, host);
    return { ...found, relations: productionRelations(opened, baseGraph, production, isProductionNamed) };
  }).catch((failure: unknown) => {
    // Git was stopped with the review.
    if (host.signal.aborted) return undefined;
    throw failure;
  });
  if (!compared) return unknown;
  const { changes, tests, base, diagnostics, relations } = compared;
  const named = withNames(production, relations);
  const problems = [...loaded.diagnostics, ...diagnostics];
  problems.push(...(await validate(named, { given, host, changes, tests })));
  const told = [...compared.diagnostics, ...(await lintChanged(changes, production, given))];
  if (hasError(problems) || host.signal.aborted) return { changes, base, built: nothingBuilt, problems, told };
  const until = endOf(request, startedAt);
  const built = await buildChange({ ...looking, production: named, request, changes, tests, relations, until });
  return { changes, base, built, problems: [...problems, ...built.problems], told };
}

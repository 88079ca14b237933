import type { Call } from '../../cli/engine/call.ts';
import type { Host } from '../../cli/engine/host.ts';
import type { Loaded } from '../../cli/engine/loaded.ts';
import type { ReviewOutcome, ReviewRequest } from '../../cli/engine/review.ts';
import type { Diagnostic, ProjectChanges, Review, ReviewedState } from '../../core/index.ts';
import { lintLoaded } from '../lint.ts';
import { hasError } from '../unusable.ts';
import { type BuiltChange, nothingBuilt } from './build-change.ts';
import { costOf, type Meter } from './metered.ts';
import { folderInRepository, placeFinder, reviewProblems } from './places.ts';
import { verdictOf } from './verdict.ts';

/** What a review found. */
export interface Looked {
  readonly changes: ProjectChanges;
  readonly base: ReviewedState;
  readonly built: BuiltChange;
  /** Of the project and its SQL. With an error among them nothing was built. */
  readonly problems: readonly Diagnostic[];
  /** What is told wherever it is: what was wrong with the comparison, and habits in what changed. */
  readonly told: readonly Diagnostic[];
}

/** Of a project that cannot be read there is nothing to find. */
export function nothingFound(base: string, { diagnostics }: Loaded): Looked {
  const changes = { nodes: [], affected: [] };
  return { changes, base: { name: base }, built: nothingBuilt, problems: diagnostics, told: [] };
}

/** When a review begins nothing more, in milliseconds since 1970. */
export const endOf = ({ mostMinutes }: ReviewRequest, startedAt: number): number =>
  startedAt + (mostMinutes ?? Number.POSITIVE_INFINITY) * 60_000;

export interface FinishRequest {
  readonly request: ReviewRequest;
  readonly looked: Looked;
  readonly loaded: Loaded;
  readonly meter: Meter;
  readonly host: Host;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
}

/** Puts together what there is to say, and whether the change may be merged. */
export function finishReview({ request, looked, loaded, meter, host, startedAt }: FinishRequest): ReviewOutcome {
  const { root, name } = loaded.graph.project;
  const { changes, base, built, problems: diagnostics, told } = looked;
  const folder = folderInRepository(root);
  const placeOf = placeFinder(root, folder);
  const problems = reviewProblems([...diagnostics.filter(concerning(changes)), ...told], placeOf);
  const { leftOut } = built;
  const found = { changes, problems, results: built.results(placeOf), leftOut, failOn: request.failOn };
  const review: Review = {
    version: 1,
    project: name,
    pullRequest: request.pullRequest,
    base,
    head: { name: 'work tree', commit: request.commit },
    verdict: verdictOf({ ...found, interrupted: host.signal.aborted }),
    ...found,
    differences: built.differences,
    cost: costOf(meter, host.now().getTime() - startedAt),
    schema: built.schema,
  };
  const failed = review.verdict.status === 'failed';
  return { exitCode: hasError(diagnostics) ? 2 : failed ? 1 : 0, review, folder, placeOf };
}

/** Errors count wherever they are; warnings only where the change is. */
function concerning({ nodes, affected }: ProjectChanges): (diagnostic: Diagnostic) => boolean {
  const files = new Set([...nodes, ...affected].map(({ file }) => file));
  return ({ severity, span, notes = [] }) =>
    severity === 'error' || [span, ...notes.map((note) => note.span)].some((place) => place && files.has(place.file));
}

/** The habits that lint rules find in what a change adds or alters. */
export async function lintChanged(
  { nodes }: ProjectChanges,
  loaded: Loaded,
  given: Call,
): Promise<readonly Diagnostic[]> {
  const only = nodes.flatMap(({ id, change }) => (change === 'removed' ? [] : id));
  if (only.length === 0) return [];
  const { diagnostics } = await lintLoaded(loaded, { rules: [], fix: false }, { ...given, command: 'lint', only });
  return diagnostics.filter(({ code }) => code.startsWith('lint/'));
}

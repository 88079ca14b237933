import { didYouMeanHint, error, Problem } from '../../core/index.ts';
import type { PreviousState } from './request.ts';

/** Ids whose last run ended in a status. Throws `Problem` where no results are given. */
export function previousResult(previous: PreviousState | undefined, status: string): string[] {
  if (previous?.results === undefined) {
    throw noState('No comparison run_results', stateHint(previous, 'run_results.json'));
  }
  return [...previous.results].filter(([, ended]) => ended === status).map(([id]) => id);
}

/** Sources with newer data than last time (`fresher`). Throws `Problem` where there is nothing to compare. */
export function sourceStatus(previous: PreviousState | undefined, status: string): string[] {
  const before = previous?.sources;
  const now = previous?.currentSources;
  const hint = 'Run `source freshness` now and give the folder of an earlier sources.json with --state';
  if (before === undefined) throw noState('No previous state comparison freshness results in sources.json', hint);
  if (now === undefined) throw noState('No current state comparison freshness results in sources.json', hint);
  if (status !== 'fresher') return [];
  return [...now].flatMap(([id, loadedAt]) => {
    const loadedBefore = before.get(id);
    if (loadedAt === null || loadedBefore === null) return [];
    return loadedBefore === undefined || loadedAt > loadedBefore ? [id] : [];
  });
}

/** What to do about a file of an earlier state that is not there. */
export function stateHint(previous: PreviousState | undefined, file: string): string {
  return previous?.folder === undefined
    ? `Give the folder of an earlier ${file} with --state`
    : `There is no ${file} in ${previous.folder}`;
}

/** The error of a state method without the state that it compares with. */
export function noState(message: string, hint: string): Problem {
  return new Problem(error('graph/no-state', message, { hint }));
}

/** The error of a state method with a value that it does not know. */
export function unknownState(value: string, known: readonly string[]): Problem {
  return new Problem(
    error('graph/invalid-selection', `Got an invalid selector "${value}", expected one of ${known.join(', ')}`, {
      hint: didYouMeanHint(value, known),
    }),
  );
}

import type { YamlPath } from '../yaml/index.ts';

const neverRendered: readonly unknown[] = ['on-run-start', 'on-run-end', 'query-comment', 'targets', 'vars'];
const withHooks: readonly unknown[] = ['seeds', 'models', 'snapshots', 'tests', 'data_tests'];
const hookKeys = ['pre-hook', 'post-hook', 'pre_hook', 'post_hook'];

/** Its queries are rendered when they are asked. */
const isPartitions = (step: string | number): boolean => step === 'partitions' || step === '+partitions';

/** Whether dbt renders the text at a path of the project file when it reads it; hooks, targets and variables are rendered later. */
export function isRenderedEarly(path: YamlPath): boolean {
  const [first] = path;
  if (neverRendered.includes(first)) return false;
  // It says `{{ pr }}`, which only a review knows.
  if (first === 'ci' && path[1] === 'schema') return false;
  if (path.at(-1) === 'query' && path.some(isPartitions)) return false;
  if (!withHooks.includes(first)) return true;
  return !path.some((step) => typeof step === 'string' && hookKeys.includes(step.replace(/^[+ ]+/, '')));
}

import type { YamlPath } from '../yaml/index.ts';

const neverRendered: readonly unknown[] = ['on-run-start', 'on-run-end', 'query-comment', 'vars'];
const withHooks: readonly unknown[] = ['seeds', 'models', 'snapshots', 'tests', 'data_tests'];
const hookKeys = ['pre-hook', 'post-hook', 'pre_hook', 'post_hook'];

/** Its queries are rendered when they are asked. */
const isPartitions = (step: string | number): boolean => step === 'partitions' || step === '+partitions';

/** Whether dbt renders the text at a path of the project file when it reads it; hooks and variables are rendered later. */
export function isRenderedEarly(path: YamlPath): boolean {
  const [first] = path;
  if (neverRendered.includes(first)) return false;
  if (path.at(-1) === 'query' && path.some(isPartitions)) return false;
  if (!withHooks.includes(first)) return true;
  return !path.some((step) => typeof step === 'string' && hookKeys.includes(step.replace(/^[+ ]+/, '')));
}

import { allPartitions, formatKeySet, isNone, type PartitionDefinition } from '../core/index.ts';

/**
 * Why no build has a partition of an asset to build, and what to do about it: there is none whose time is over, or nobody
 * knows a value. Undefined where there are some.
 *
 * @param now milliseconds since 1970.
 */
export function noPartitionsYet(name: string, definition: PartitionDefinition, now: number): string | undefined {
  const { dimensions } = definition;
  if (dimensions.length === 0 || !isNone(allPartitions(definition, { now }))) return undefined;
  const going = allPartitions(definition, { now, current: true });
  if (!isNone(going)) {
    const key = formatKeySet(definition, going);
    return `${key} is not over yet, and built only where it is named: ingot build --select ${name} --partition '${key}'`;
  }
  for (const dimension of dimensions) {
    if (dimension.kind === 'time' || !isNone(allPartitions({ dimensions: [dimension] }, { now }))) continue;
    if (dimension.kind === 'static') return `'${dimension.name}' has no values: write some in its partitions`;
    return dimension.query === undefined
      ? `The list '${dimension.keys}' has no keys: ingot partitions add ${dimension.keys} KEY`
      : `What the keys of '${dimension.keys}' come from has none: build that first`;
  }
  const time = dimensions.find((dimension) => dimension.kind === 'time');
  return `The first one begins at ${time?.start}: mend 'start' in its partitions, unless that is meant`;
}

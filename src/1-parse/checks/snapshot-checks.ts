import {
  didYouMeanHint,
  error,
  hardDeletesModes,
  hardDeletesOf,
  type SnapshotNode,
  type Span,
  snapshotColumnNames,
  warning,
} from '../../core/index.ts';
import { isMapping } from '../config/value-type.ts';
import type { Linking } from '../nodes/linking.ts';

/**
 * What dbt refuses while it parses is an error. What it finds only when the snapshot is taken is a warning here: other
 * commands work without it.
 */
export function checkSnapshot(linking: Linking, node: SnapshotNode): void {
  const { strategy, unique_key: uniqueKey, check_cols: checked, updated_at: updatedAt } = node.config;
  const fail = (message: string): void =>
    linking.report(error('parse/snapshot-config', `Snapshot '${node.name}' ${message}`, { span: spanOf(node) }));
  const lacking = [...(strategy ? [] : ["a 'strategy'"]), ...(isNothing(uniqueKey) ? ["a 'unique_key'"] : [])];
  if (lacking.length > 0) fail(`needs ${lacking.join(' and ')}`);
  else if (strategy === 'check') {
    if (isNothing(checked)) fail("needs 'check_cols', since its strategy is check");
    else if (typeof checked === 'string' && checked !== 'all') {
      fail(`has 'check_cols: ${checked}'; it takes a list of columns, or all`);
    }
  } else if (strategy === 'timestamp') {
    if (!updatedAt) fail("needs 'updated_at', since its strategy is timestamp");
    if (!isNothing(checked)) fail("cannot have 'check_cols', since its strategy is timestamp");
  } else checkStrategy(linking, node, String(strategy));
  // A strategy of the project may have modes of its own.
  if (strategy === 'check' || strategy === 'timestamp') checkHardDeletes(linking, node);
  checkColumnNames(linking, node);
}

/** The entry in a properties file, else where the block has its first text. */
function spanOf({ origin: { properties, definition }, raw_code: code }: SnapshotNode): Span {
  return properties ?? { ...definition, start: definition.start + Math.max(0, code.search(/\S/)) };
}

const isNothing = (value: unknown): boolean => !value || (Array.isArray(value) && value.length === 0);

function checkStrategy({ world, report }: Linking, node: SnapshotNode, strategy: string): void {
  const [first = '', second] = strategy.split('.', 2);
  const macro = `snapshot_${second ?? first}_strategy`;
  const { search } = world;
  const found = second === undefined ? search.find(node.package_name, macro) : search.findIn(first, macro);
  if (found !== undefined) return;
  const own = [...search.names()].flatMap((name) => /^snapshot_(.+)_strategy$/.exec(name)?.[1] ?? []);
  const known = ['timestamp', 'check', ...own];
  report(
    warning(
      'parse/snapshot-config',
      `Snapshot '${node.name}' has the strategy '${strategy}', but no macro '${macro}'`,
      {
        span: spanOf(node),
        hint: didYouMeanHint(strategy, known) ?? `Strategies: ${known.join(', ')}`,
      },
    ),
  );
}

function checkHardDeletes({ report }: Linking, node: SnapshotNode): void {
  const { name, config } = node;
  if (hardDeletesOf(config) !== undefined) return;
  const { hard_deletes: mode, invalidate_hard_deletes: invalidates = null } = config;
  const both = invalidates !== null;
  const message = both
    ? `Snapshot '${name}' has both 'hard_deletes' and 'invalidate_hard_deletes', the older name of one of its values`
    : `Snapshot '${name}' has 'hard_deletes: ${String(mode)}'; it is one of ${hardDeletesModes.join(', ')}`;
  const hint = both ? 'Keep hard_deletes alone' : didYouMeanHint(String(mode), hardDeletesModes);
  report(warning('parse/snapshot-config', message, { span: spanOf(node), hint }));
}

function checkColumnNames({ report }: Linking, node: SnapshotNode): void {
  const { snapshot_meta_column_names: given } = node.config;
  if (!isMapping(given as never)) return;
  for (const key of Object.keys(given as object)) {
    if (snapshotColumnNames.some((known) => known === key)) continue;
    const message = `'${key}' in snapshot_meta_column_names of '${node.name}' is no column that a snapshot adds`;
    const hint = didYouMeanHint(key, snapshotColumnNames) ?? `These are ${snapshotColumnNames.join(', ')}`;
    report(warning('parse/unknown-setting', message, { span: spanOf(node), hint }));
  }
}

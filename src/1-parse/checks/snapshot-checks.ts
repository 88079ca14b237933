import { join } from 'node:path';
import {
  type DataPath,
  didYouMeanHint,
  error,
  hardDeletesModes,
  hardDeletesOf,
  isMapping,
  type SnapshotNode,
  type Span,
  snapshotColumnNames,
  warning,
} from '../../core/index.ts';
import { settingPlace } from '../config/setting-place.ts';
import type { Linking } from '../nodes/linking.ts';
import { placeIn } from '../settings/place.ts';

/**
 * What dbt refuses while it parses is an error. What it finds only when the snapshot is taken is a warning here: other
 * commands work without it.
 */
export function checkSnapshot(linking: Linking, node: SnapshotNode): void {
  const { strategy, unique_key: uniqueKey, check_cols: checked, updated_at: updatedAt } = node.config;
  const fail = (message: string, field?: string): void => {
    const span = spanOf(linking, node, field === undefined ? [] : [field]);
    linking.report(error('parse/snapshot-config', `Snapshot '${node.name}' ${message}`, { span }));
  };
  const lacking = [...(strategy ? [] : ["a 'strategy'"]), ...(isNothing(uniqueKey) ? ["a 'unique_key'"] : [])];
  if (lacking.length > 0) fail(`needs ${lacking.join(' and ')}`);
  else if (strategy === 'check') {
    if (isNothing(checked)) fail("needs 'check_cols', since its strategy is check", 'strategy');
    else if (typeof checked === 'string' && checked !== 'all') {
      fail(`has 'check_cols: ${checked}'; it takes a list of columns, or all`, 'check_cols');
    }
  } else if (strategy === 'timestamp') {
    if (!updatedAt) fail("needs 'updated_at', since its strategy is timestamp", 'strategy');
    if (!isNothing(checked)) fail("cannot have 'check_cols', since its strategy is timestamp", 'check_cols');
  } else checkStrategy(linking, node, String(strategy));
  // A strategy of the project may have modes of its own.
  if (strategy === 'check' || strategy === 'timestamp') checkHardDeletes(linking, node);
  checkColumnNames(linking, node);
}

/** Where a snapshot says a setting; else its entry in a properties file, or where the block has its first text. */
function spanOf({ world }: Linking, node: SnapshotNode, [field, ...inside]: DataPath): Span {
  const { properties, definition } = node.origin;
  const said = field === undefined ? properties : settingPlace(node, String(field));
  if (field !== undefined && said === properties && properties !== undefined) {
    const { file, start } = properties;
    const find = (path: DataPath): Span => placeIn(join(world.settings.root, file), file, path, 'key', start);
    const found = find(['config', field, ...inside]);
    if (found.start > find([]).start && found.start !== find(['config']).start) return found;
  }
  if (said !== undefined && said !== definition) return said;
  return { ...definition, start: definition.start + Math.max(0, node.raw_code.search(/\S/)) };
}

const isNothing = (value: unknown): boolean => !value || (Array.isArray(value) && value.length === 0);

function checkStrategy(linking: Linking, node: SnapshotNode, strategy: string): void {
  const { world, report } = linking;
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
        span: spanOf(linking, node, ['strategy']),
        hint: didYouMeanHint(strategy, known) ?? `Strategies: ${known.join(', ')}`,
      },
    ),
  );
}

function checkHardDeletes(linking: Linking, node: SnapshotNode): void {
  const { name, config } = node;
  if (hardDeletesOf(config) !== undefined) return;
  const { hard_deletes: mode, invalidate_hard_deletes: invalidates = null } = config;
  const both = invalidates !== null;
  const message = both
    ? `Snapshot '${name}' has both 'hard_deletes' and 'invalidate_hard_deletes', the older name of one of its values`
    : `Snapshot '${name}' has 'hard_deletes: ${String(mode)}'; it is one of ${hardDeletesModes.join(', ')}`;
  const hint = both ? 'Keep hard_deletes alone' : didYouMeanHint(String(mode), hardDeletesModes);
  linking.report(warning('parse/snapshot-config', message, { span: spanOf(linking, node, ['hard_deletes']), hint }));
}

function checkColumnNames(linking: Linking, node: SnapshotNode): void {
  const { snapshot_meta_column_names: given } = node.config;
  if (!isMapping(given as never)) return;
  for (const key of Object.keys(given as object)) {
    if (snapshotColumnNames.some((known) => known === key)) continue;
    const message = `'${key}' in snapshot_meta_column_names of '${node.name}' is no column that a snapshot adds`;
    const hint = didYouMeanHint(key, snapshotColumnNames) ?? `These are ${snapshotColumnNames.join(', ')}`;
    const span = spanOf(linking, node, ['snapshot_meta_column_names', key]);
    linking.report(warning('parse/unknown-setting', message, { span, hint }));
  }
}

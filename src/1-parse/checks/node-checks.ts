import {
  type BatchSize,
  batchSizes,
  didYouMeanHint,
  error,
  type ModelNode,
  type Node,
  type Span,
  warning,
} from '../../core/index.ts';
import { settingPlace } from '../config/setting-place.ts';
import type { Linking } from '../nodes/linking.ts';
import { checkSnapshot } from './snapshot-checks.ts';

/** Checks that need all nodes: groups exist, snapshots know how to compare, microbatch models know their time. */
export function checkNodes(linking: Linking): void {
  const groups = new Set([...linking.groups.values()].map((group) => group.name));
  const mayHaveSpaces = linking.world.settings.flags.require_resource_names_without_spaces === false;
  for (const node of linking.nodes.values()) {
    // A test has the group of its model, of which it is told.
    if (node.group && node.resource_type !== 'test') checkGroup(linking, node, groups);
    if (node.name.includes(' ')) reportSpaces(linking, node, mayHaveSpaces);
    if (node.resource_type === 'model') checkModel(linking, node);
    else if (node.resource_type === 'snapshot') checkSnapshot(linking, node);
  }
  const semantic = [linking.metrics, linking.semanticModels, linking.savedQueries].flatMap((kind) => [
    ...kind.values(),
  ]);
  for (const node of semantic) if (node.group !== null) checkGroup(linking, node, groups);
}

/** Where to look for what is wrong with a node's settings. */
function spanOf(node: Pick<Node, 'origin'>): Span {
  const { properties, definition } = node.origin;
  return properties ?? { file: definition.file, start: definition.start, end: definition.start };
}

type Grouped = Pick<Node, 'name' | 'group' | 'origin'>;

function checkGroup(linking: Linking, node: Grouped, groups: ReadonlySet<string>): void {
  if (node.group === null || groups.has(node.group)) return;
  const known =
    groups.size > 0
      ? `Groups: ${[...groups].sort().join(', ')}`
      : 'The project has no groups; define them under `groups:`';
  linking.report(
    error('parse/unknown-group', `'${node.name}' is in group '${node.group}', which does not exist`, {
      span: spanOf(node),
      hint: didYouMeanHint(node.group, groups) ?? known,
    }),
  );
}

function reportSpaces(linking: Linking, node: Node, allowed: boolean): void {
  const message = `The name '${node.name}' has a blank in it`;
  const hint = 'Rename it';
  const report = allowed ? warning : error;
  linking.report(report('parse/name-with-blank', message, { span: spanOf(node), hint }));
}

function checkModel(linking: Linking, node: ModelNode): void {
  const { config, deprecation_date: deprecated } = node;
  if (deprecated !== null && Date.parse(deprecated) < linking.world.environment.startedAt.getTime()) {
    const version = node.version === null ? '' : ` version ${node.version}`;
    const message = `Model '${node.name}'${version} is deprecated since ${deprecated}`;
    linking.report(warning('parse/deprecated-model', message, { span: spanOf(node), hint: 'Disable or remove it' }));
  }
  if (node.access === 'public' && config.materialized === 'ephemeral') {
    const message = `'${node.name}' is ephemeral and cannot be public, since nothing of it is in the warehouse`;
    linking.report(error('parse/access', message, { span: spanOf(node) }));
  }
  if (node.contract.enforced && node.language === 'python') {
    const message = `Model '${node.name}' (${node.original_file_path}) is written in Python, and a contract needs SQL`;
    linking.report(error('parse/contract', message, { span: spanOf(node), hint: 'Set contract.enforced to false' }));
  }
  if (config.materialized === 'incremental' && config.incremental_strategy === 'microbatch')
    checkMicrobatch(linking, node);
}

function checkMicrobatch(linking: Linking, node: ModelNode): void {
  const { event_time: eventTime, begin, batch_size: batchSize, lookback, concurrent_batches: concurrent } = node.config;
  const fail = (message: string, name?: string, hint?: string): void => {
    const isSaid = name !== undefined && node.config[name] !== null && node.config[name] !== undefined;
    const span = isSaid ? settingPlace(node, name) : spanOf(node);
    const but = isSaid ? `, but has ${JSON.stringify(node.config[name])}` : '';
    linking.report(error('parse/microbatch', `Microbatch model '${node.name}' ${message}${but}`, { span, hint }));
  };
  if (typeof eventTime !== 'string') fail("needs 'event_time', the name of the column with the time");
  if (typeof begin !== 'string' || Number.isNaN(Date.parse(begin)))
    fail("needs 'begin', the time of its first batch (ISO)", 'begin', 'For example: 2024-01-01');
  if (typeof batchSize !== 'string' || !batchSizes.includes(batchSize as BatchSize))
    fail(
      `needs 'batch_size', one of ${batchSizes.join(', ')}`,
      'batch_size',
      typeof batchSize === 'string' ? didYouMeanHint(batchSize, batchSizes) : undefined,
    );
  if (lookback !== null && lookback !== undefined && !Number.isInteger(lookback))
    fail("has a 'lookback' that is no whole number");
  if (concurrent !== null && concurrent !== undefined && typeof concurrent !== 'boolean') {
    fail("has 'concurrent_batches' that is not true or false");
  }
}

import {
  asMapping,
  type Diagnostic,
  error,
  type GraphNode,
  type Json,
  type JsonObject,
  type ModelNode,
  warning,
} from '../../core/index.ts';
import type { Graph } from '../graph.ts';
import type { PreviousManifest } from './request.ts';

/**
 * What breaks those who read a model that kept a contract: an error where the model has versions (a new version is the
 * way to change it), else a warning.
 */
export function brokenContracts({ nodes }: Graph, manifest: PreviousManifest, now: Date): readonly Diagnostic[] {
  return Object.entries(manifest.nodes).flatMap(([id, value]) => {
    const before = asMapping(value);
    if (before?.resource_type !== 'model' || asMapping(before.contract)?.enforced !== true) return [];
    const node = nodes.get(id);
    if (node?.resource_type === 'model') return changed(before, node);
    return isPast(before.deprecation_date, now) ? [] : [gone(id, before)];
  });
}

function changed(before: JsonObject, node: ModelNode): Diagnostic[] {
  if (node.contract.enforced && asMapping(before.contract)?.checksum === node.contract.checksum) return [];
  const changes = breakingChanges(before, node);
  if (changes.length === 0) return [];
  const span = node.origin.properties ?? node.origin.definition;
  const message = `The contract of '${node.name}' (${node.original_file_path}) changed in a way that breaks its readers: ${changes.join('; ')}`;
  return [
    node.version === null
      ? warning('graph/contract-changed', message, { span, hint: 'Give the model versions, and change a new one' })
      : error('graph/contract-broken', message, { span, hint: 'Make a new version of the model' }),
  ];
}

function gone(id: string, before: JsonObject): Diagnostic {
  const message = `The model '${String(before.name)}' (${id}) has a contract, and it was deleted, renamed or disabled`;
  const hint = 'Set its deprecation_date first, so that its readers know';
  return before.version === null || before.version === undefined
    ? warning('graph/contract-changed', message, { hint })
    : error('graph/contract-broken', message, { hint });
}

/** dbt's kinds of breaking changes; a column that is new breaks nobody. */
function breakingChanges(before: JsonObject, node: ModelNode): string[] {
  const columnsBefore = Object.entries(asMapping(before.columns) ?? {}).map(
    ([name, column]) => [name, asMapping(column) ?? {}] as const,
  );
  const changes: string[] = [];
  if (!node.contract.enforced) changes.push('the contract is not enforced any more');
  for (const [name, column] of columnsBefore) {
    const now = node.columns[name];
    if (now === undefined) changes.push(`the column ${name} was removed`);
    else if (baseType(column.data_type) !== baseType(now.data_type)) {
      changes.push(`the column ${name} was ${String(column.data_type)} and is ${String(now.data_type)}`);
    }
  }
  if (!keepsConstraints(asMapping(before.config)?.materialized)) return changes;
  for (const [name, column] of columnsBefore) {
    const now = node.columns[name];
    if (now === undefined) continue;
    for (const lost of lostConstraints(column.constraints, now.constraints)) {
      changes.push(`the constraint ${lost} on the column ${name} was removed`);
    }
  }
  for (const lost of lostConstraints(before.constraints, node.constraints)) {
    changes.push(`the constraint ${lost} was removed`);
  }
  const hadConstraints = [before, ...columnsBefore.map(([, column]) => column)].some(
    ({ constraints }) => Array.isArray(constraints) && constraints.length > 0,
  );
  if (hadConstraints && !keepsConstraints(node.config.materialized)) {
    changes.push(`its constraints are not kept by a ${node.config.materialized}`);
  }
  return changes;
}

const keepsConstraints = (materialized: unknown): boolean => materialized === 'table' || materialized === 'incremental';

/** `varchar(3)` becoming `varchar(10)` is no break. */
function baseType(type: Json | undefined): string | null {
  return typeof type === 'string'
    ? type
        .replace(/\(.*\)/, '')
        .trim()
        .toLowerCase()
    : null;
}

function lostConstraints(before: Json | undefined, now: readonly JsonObject[]): readonly string[] {
  if (!Array.isArray(before)) return [];
  const known = new Set(now.map((constraint) => constraintKey(constraint)));
  return before.flatMap((value: Json) => {
    const constraint = asMapping(value);
    if (constraint === undefined || known.has(constraintKey(constraint))) return [];
    return [String(constraint.name ?? constraint.type)];
  });
}

function constraintKey(constraint: JsonObject): string {
  return JSON.stringify(
    ['type', 'name', 'expression', 'to', 'columns', 'to_columns'].map((key) => {
      const value = constraint[key];
      return value === undefined || (Array.isArray(value) && value.length === 0) ? null : value;
    }),
  );
}

function isPast(date: Json | undefined, now: Date): boolean {
  return typeof date === 'string' && Date.parse(date) < now.getTime();
}

/** Seeds of more than a megabyte are told apart by their path alone, so a change of what is in them goes unseen. */
export function unseenSeedChanges({ nodes }: Graph, manifest: PreviousManifest): readonly Diagnostic[] {
  return [...nodes.values()].flatMap((node: GraphNode) => {
    if (node.resource_type !== 'seed' || node.checksum.name !== 'path') return [];
    if (asMapping(manifest.nodes[node.unique_id]) === undefined) return [];
    const message = `The seed '${node.name}' has more than 1 MB: only its path is compared, not what is in it`;
    return [
      warning('graph/large-seed', message, { span: { ...node.origin.definition, end: node.origin.definition.start } }),
    ];
  });
}

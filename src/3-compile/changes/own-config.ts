import { type ProjectSettings, partitionsOf } from '../../1-parse/index.ts';
import { type ChangeClass, type ChangeReason, type Node, type Span, sameJson } from '../../core/index.ts';
import { withoutComments } from '../../sql/index.ts';
import { buildingMacros, type ChangedMacros } from './macros.ts';
import type { Side } from './side.ts';

/** What another setting does by itself. All that is not here is kept or shown in another way and changes no data. */
const classes: Readonly<Record<string, ChangeClass>> = {
  incremental_strategy: 'rows',
  unique_key: 'rows',
  incremental_predicates: 'rows',
  predicates: 'rows',
  event_time: 'rows',
  begin: 'rows',
  lookback: 'rows',
  batch_size: 'rows',
  merge_update_columns: 'values',
  merge_exclude_columns: 'values',
  on_schema_change: 'values',
  strategy: 'rows',
  updated_at: 'rows',
  check_cols: 'rows',
  hard_deletes: 'rows',
  invalidate_hard_deletes: 'rows',
  dbt_valid_to_current: 'values',
  snapshot_meta_column_names: 'values',
  delimiter: 'rows',
  quote_columns: 'values',
  column_types: 'values',
};

/** Settings that are looked at elsewhere, or that name things. */
const elsewhere: ReadonlySet<string> = new Set([
  'materialized',
  'enabled',
  'alias',
  'schema',
  'database',
  'target_schema',
  'target_database',
  'partitions',
  'pre-hook',
  'post-hook',
  'contract',
  'access',
  'accept_breaking',
  // What Ingot writes into manifests beside the settings.
  'inferred_columns',
]);

const partOf: Readonly<Record<string, ChangeReason['part']>> = {
  grants: 'grants',
  description: 'description',
};

/** Materializations that show what their query gives now. */
const current: ReadonlySet<string> = new Set(['view', 'table', 'ephemeral', 'materialized_view', 'dynamic_table']);

/** What is other in a node's settings, its description, and the macros that build it. */
export function compareConfig(
  before: Node,
  after: Node,
  base: Side,
  head: Side,
  macros: ChangedMacros,
): ChangeReason[] {
  const place = { span: after.origin.properties ?? after.origin.definition };
  const settings = (side: Side): ProjectSettings => side.graph.project.settings;
  return [
    ...compareMaterialization(before, after, place),
    ...compareSettings(before, after, place),
    ...comparePartitions(before, after, settings(base), settings(head), place),
    ...compareHooks(before, after, head, place),
    ...compareRelation(before, after, head, place),
    ...compareTexts(before, after, place),
    ...buildingMacros(after, macros).map((id): ChangeReason => {
      const name = id.split('.').at(-1) ?? id;
      return {
        part: 'macro',
        class: 'rows',
        text: `The macro ${name}, which builds it, says something else`,
        ...place,
      };
    }),
  ];
}

interface Place {
  readonly span: Span;
}

function compareMaterialization({ config: then }: Node, { config: now }: Node, place: Place): ChangeReason[] {
  const [from, to] = [then.materialized, now.materialized];
  if (from === to) return [];
  const isCurrent = current.has(from) && current.has(to);
  const why = isCurrent ? '' : ', which keeps rows of earlier runs';
  return [
    { part: 'config', class: isCurrent ? 'none' : 'rows', text: `It was a ${from} and is a ${to}${why}`, ...place },
  ];
}

function compareSettings({ config: then }: Node, { config: now }: Node, place: Place): ChangeReason[] {
  const names = [...new Set([...Object.keys(then), ...Object.keys(now)])].sort();
  return names
    .filter((name) => !elsewhere.has(name) && !sameJson(then[name], now[name]))
    .map((name) => ({
      part: partOf[name] ?? 'config',
      class: classes[name] ?? 'none',
      text: `${name} was ${shown(then[name])} and is ${shown(now[name])}`,
      ...place,
    }));
}

function shown(value: unknown): string {
  const text = JSON.stringify(value ?? null);
  if (text === 'null') return 'not set';
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

function comparePartitions(
  before: Node,
  after: Node,
  then: ProjectSettings,
  now: ProjectSettings,
  place: Place,
): ChangeReason[] {
  const written = (node: Node, settings: ProjectSettings): unknown =>
    node.config.partitions === undefined ? null : (partitionsOf(node, settings) ?? node.config.partitions);
  if (sameJson(written(before, then), written(after, now))) return [];
  return [{ part: 'config', class: 'rows', text: 'Its partitions are other ones', ...place }];
}

function compareHooks(before: Node, after: Node, { dialect }: Side, place: Place): ChangeReason[] {
  const bare = (sql: string): string => (dialect ? withoutComments(sql, { dialect: dialect.name }) : sql.trim());
  return (['pre-hook', 'post-hook'] as const).flatMap((name): ChangeReason[] => {
    const [then, now] = [before, after].map(({ config }) => (config[name] ?? []).map(({ sql }) => bare(sql)));
    if (sameJson(then, now)) return [];
    const isHarmless = [...then!, ...now!].every((sql) =>
      /^(grant|revoke|analyze|comment on|alter session)\b/i.test(sql),
    );
    const text = isHarmless ? `Its ${name} is another` : `Its ${name} is another, which may do anything`;
    return [{ part: 'hook', class: isHarmless ? 'none' : 'rows', text, ...place }];
  });
}

/** Where it stands. Who reads it by `ref()` follows; who is outside the project does not. */
function compareRelation(before: Node, after: Node, head: Side, place: Place): ChangeReason[] {
  const nameOf = ({ database, schema, alias }: Node): string => [database, schema, alias].filter(Boolean).join('.');
  if (nameOf(before).toLowerCase() === nameOf(after).toLowerCase()) return [];
  const isKept = !current.has(after.config.materialized) && after.resource_type !== 'seed';
  const outside = (head.graph.children.get(after.unique_id) ?? []).filter(
    (id) => head.graph.nodes.get(id)?.resource_type === 'exposure',
  );
  const isPublic = after.resource_type === 'model' && after.access === 'public';
  const text = `It stands in ${nameOf(after)} and no more in ${nameOf(before)}`;
  const ofClass = outside.length > 0 || isPublic ? 'breaking' : isKept ? 'rows' : 'none';
  return [{ part: 'config', class: ofClass, text, ...place }];
}

function compareTexts(before: Node, after: Node, place: Place): ChangeReason[] {
  const descriptions = (node: Node): unknown => [
    node.description,
    Object.values(node.columns)
      .map(({ name, description }) => [name.toLowerCase(), description])
      .filter(([, text]) => text),
  ];
  const isOther = !sameJson(descriptions(before), descriptions(after));
  const reasons: ChangeReason[] = isOther
    ? [{ part: 'description', class: 'none', text: 'It is described in other words', ...place }]
    : [];
  if (before.resource_type !== 'model' || after.resource_type !== 'model') return reasons;
  if (before.access !== after.access) {
    const text = `It was ${before.access} and is ${after.access}`;
    reasons.push({ part: 'config', class: before.access === 'public' ? 'breaking' : 'none', text, ...place });
  }
  if (!sameJson(before.latest_version, after.latest_version)) {
    const text = `Its latest version was ${before.latest_version} and is ${after.latest_version}`;
    reasons.push({ part: 'config', class: 'none', text, ...place });
  }
  if (!sameJson(before.deprecation_date, after.deprecation_date)) {
    const text = `It is deprecated from ${after.deprecation_date ?? 'no day'} on`;
    reasons.push({ part: 'config', class: 'none', text, ...place });
  }
  return reasons;
}

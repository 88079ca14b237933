import { type ChangeReason, type ExposureNode, type GraphNode, type SourceNode, sameJson } from '../../core/index.ts';
import { type MeaningDifference, sameMeaning } from './meaning.ts';

/** What is other in a source: which table it is, and what is said of it. */
export function compareSource(
  before: SourceNode,
  after: SourceNode,
): { readonly reasons: readonly ChangeReason[]; readonly difference: MeaningDifference } {
  const place = { span: after.origin.definition };
  const reasons: ChangeReason[] = [];
  const nameOf = ({ database, schema, identifier }: SourceNode): string =>
    [database, schema, identifier].filter(Boolean).join('.');
  const rows = nameOf(before) !== nameOf(after) || !sameJson(tableOf(before), tableOf(after));
  if (rows) {
    const text =
      nameOf(before) === nameOf(after)
        ? 'Its data is read in another way'
        : `It is ${nameOf(after)} and no more ${nameOf(before)}`;
    reasons.push({ part: 'source', class: 'rows', text, ...place });
  }
  for (const key of ['freshness', 'loaded_at_field', 'loaded_at_query', 'loader', 'meta', 'tags'] as const) {
    if (!sameJson(before[key], after[key])) {
      reasons.push({ part: 'source', class: 'none', text: `Its ${key} is another`, ...place });
    }
  }
  const texts = ({ description, columns }: SourceNode): unknown => [
    description,
    Object.values(columns).flatMap((column) => (column.description ? [[column.name, column.description]] : [])),
  ];
  if (!sameJson(texts(before), texts(after))) {
    reasons.push({ part: 'description', class: 'none', text: 'It is described in other words', ...place });
  }
  return { reasons, difference: { ...sameMeaning, rows } };
}

/** What beside its name decides what is read. */
const tableOf = ({ external, config, quoting }: SourceNode): unknown => [
  external,
  config.external_location ?? config.meta?.external_location ?? null,
  quoting,
];

/** What decides about nodes without SQL; the rest is words. */
const meaningful: Readonly<Record<string, readonly string[]>> = {
  metric: ['filter', 'type', 'type_params', 'time_granularity'],
  semantic_model: ['model', 'defaults', 'entities', 'dimensions', 'measures', 'primary_entity'],
  saved_query: ['query_params', 'exports'],
};
const words = ['description', 'label', 'owner', 'maturity', 'url', 'type', 'tags', 'meta'] as const;

/** What is other in an exposure, or a node of the semantic layer. */
export function compareDefinition(before: GraphNode, after: GraphNode): ChangeReason[] {
  const [then, now] = [before, after] as unknown as readonly Readonly<Record<string, unknown>>[];
  const place = { span: after.origin.definition };
  const meaning = meaningful[after.resource_type] ?? [];
  const reasons = meaning
    .filter((key) => !sameJson(then?.[key] || null, now?.[key] || null))
    .map((key): ChangeReason => ({ part: 'node', class: 'values', text: `Its ${key} is another`, ...place }));
  for (const key of words.filter((one) => !meaning.includes(one))) {
    if (sameJson(then?.[key] || null, now?.[key] || null)) continue;
    reasons.push({
      part: key === 'description' ? 'description' : 'node',
      class: 'none',
      text: `Its ${key} is another`,
      ...place,
    });
  }
  if (after.resource_type === 'exposure' && !sameReads(before as ExposureNode, after)) {
    reasons.push({ part: 'node', class: 'none', text: 'It depends on other nodes', ...place });
  }
  return reasons;
}

const sameReads = (before: ExposureNode, after: ExposureNode): boolean =>
  sameJson([...before.depends_on.nodes].sort(), [...after.depends_on.nodes].sort());

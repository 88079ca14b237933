import {
  asMapping,
  error,
  type JsonObject,
  type MetricNode,
  type SavedQueryNode,
  type SemanticModelNode,
} from '../../core/index.ts';
import type { LoadedFile } from '../files/load-files.ts';
import { fqnOf } from '../names/fqn.ts';
import { entryConfig } from '../nodes/entry-config.ts';
import { entrySpan } from '../nodes/entry-span.ts';
import { addDisabled, type Linking } from '../nodes/linking.ts';
import type { EntryFacts } from '../properties/facts.ts';

/** Makes nodes of the semantic layer. */
export type SemanticNode = MetricNode | SemanticModelNode | SavedQueryNode;

/** One entry of a properties file, or a metric that a measure asked for. */
export interface SemanticEntry {
  readonly file: LoadedFile;
  readonly entry: Pick<EntryFacts, 'name' | 'range' | 'section' | 'index'>;
  /** Templates rendered. */
  readonly raw: JsonObject;
}

/** What all of them have. Configuration problems are told. */
export function commonFields<Type extends SemanticNode['resource_type']>(
  linking: Linking,
  { file, entry, raw }: SemanticEntry,
  type: Type,
) {
  const { packageName, relativePath, path } = file.found;
  const { name } = entry;
  const fqn = fqnOf(packageName, relativePath, name);
  const span = entrySpan({ entry, file });
  const { config, unrendered } = entryConfig(linking, { file, entry }, type, fqn, asMapping(raw.config));
  const written = typeof raw.description === 'string' ? raw.description : '';
  return {
    resource_type: type,
    unique_id: `${type}.${packageName}.${name}`,
    name,
    package_name: packageName,
    path: relativePath,
    original_file_path: path,
    fqn,
    description: linking.describer(packageName).text(written),
    label: typeof raw.label === 'string' ? raw.label : null,
    meta: config.meta,
    tags: config.tags ?? [],
    config,
    unrendered_config: unrendered,
    group: typeof config.group === 'string' ? config.group : null,
    refs: [],
    sources: [],
    metrics: [],
    depends_on: { nodes: [], macros: [] },
    created_at: linking.createdAt,
    metadata: null,
    origin: { definition: span },
  };
}

const duplicateCodes: Readonly<Record<SemanticNode['resource_type'], string>> = {
  metric: 'parse/duplicate-metric',
  semantic_model: 'parse/duplicate-semantic-model',
  saved_query: 'parse/duplicate-saved-query',
};

/** Puts a node among the others of its kind; tells where there is one of that name. */
export function addSemantic<Kind extends SemanticNode>(linking: Linking, nodes: Map<string, Kind>, node: Kind): void {
  if (!node.config.enabled) {
    addDisabled(linking, node);
    return;
  }
  const first = nodes.get(node.unique_id);
  if (first === undefined) {
    nodes.set(node.unique_id, node);
    return;
  }
  const kind = node.resource_type.replace('_', ' ');
  linking.report(
    error(duplicateCodes[node.resource_type], `The ${kind} '${node.name}' is there twice`, {
      span: node.origin.definition,
      notes: [{ message: 'the other is here', span: first.origin.definition }],
    }),
  );
}

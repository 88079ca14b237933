import type { Graph } from '../../2-graph/index.ts';
import { type GraphNode, type Json, type JsonObject, type ModelNode, mappingsIn } from '../../core/index.ts';
import { writeAtomically } from './atomic-file.ts';

/** Writes `semantic_manifest.json`, what tools that answer questions about metrics read. */
export function writeSemanticManifest(path: string, graph: Graph): void {
  writeAtomically(path, [JSON.stringify(semanticManifest(graph))]);
}

/** The content of `semantic_manifest.json`. */
function semanticManifest({ project, nodes }: Graph): JsonObject {
  const linked = (found: ReadonlyMap<string, GraphNode>, fields: readonly string[], change: Change = same): Json =>
    [...found.values()].map((node) =>
      change(pick((nodes.get(node.unique_id) ?? node) as unknown as JsonObject, fields)),
    );
  return {
    semantic_models: linked(project.semantic_models, semanticModelFields, withMetadata),
    metrics: linked(project.metrics, metricFields, withShortParameters),
    project_configuration: {
      time_spine_table_configurations: legacySpines(project),
      metadata: null,
      // The version of the format's own description.
      dsi_package_version: { major_version: '0', minor_version: '9', patch_version: '0' },
      time_spines: timeSpines(project),
    },
    saved_queries: linked(project.saved_queries, savedQueryFields, withShortExports),
  };
}

type Change = (entry: JsonObject) => JsonObject;

const same: Change = (entry) => entry;

const semanticModelFields = [
  'name',
  'defaults',
  'description',
  'node_relation',
  'primary_entity',
  'entities',
  'measures',
  'dimensions',
  'label',
  'metadata',
  'config',
];
const metricFields = [
  'name',
  'description',
  'type',
  'type_params',
  'filter',
  'metadata',
  'label',
  'config',
  'time_granularity',
];
const savedQueryFields = ['name', 'query_params', 'description', 'metadata', 'label', 'exports', 'tags'];

function pick(from: JsonObject, fields: readonly string[]): JsonObject {
  return Object.fromEntries(
    fields.map((field) => [field, field === 'config' ? metaOf(from.config) : (from[field] ?? null)]),
  );
}

const metaOf = (config: Json | undefined): JsonObject => ({ meta: (config as JsonObject | null)?.meta ?? {} });

const withMetadata: Change = ({ entities, measures, ...rest }) => ({
  ...rest,
  description: rest.description || null,
  entities: mappingsIn(entities).map((entity) => ({ ...entity, metadata: null })),
  measures: mappingsIn(measures).map((measure) => ({ ...measure, metadata: null })),
});

/** Without what the format does not know. */
const withShortParameters: Change = ({ type_params: parameters, ...rest }) => {
  const {
    metric_aggregation_params: _,
    cumulative_type_params: cumulative = null,
    ...others
  } = parameters as JsonObject;
  const { metric: __, ...kept } = (cumulative ?? {}) as JsonObject;
  return { ...rest, type_params: { ...others, cumulative_type_params: cumulative === null ? null : kept } };
};

const withShortExports: Change = ({ exports, ...rest }) => ({
  ...rest,
  description: rest.description || null,
  exports: mappingsIn(exports).map(({ name = null, config }) => {
    const { export_as = null, schema_name = null, alias = null } = config as JsonObject;
    return { name, config: { export_as, schema_name, alias } };
  }),
});

const legacyName = 'metricflow_time_spine';

type Nodes = Graph['project'];

function modelsOf({ nodes }: Nodes): readonly ModelNode[] {
  return [...nodes.values()].filter((node) => node.resource_type === 'model');
}

/** Before time spines could be described, one model had to have this name, and this column. */
function legacySpines(project: Nodes): Json {
  if (project.semantic_models.size === 0) return [];
  return modelsOf(project)
    .filter(({ name, time_spine: spine }) => name === legacyName && spine === null)
    .map((model) => ({ location: model.relation_name, column_name: 'date_day', grain: 'day' }));
}

function timeSpines(project: Nodes): Json {
  return modelsOf(project).flatMap((model) => {
    const { time_spine: spine, alias, schema, database, relation_name } = model;
    if (spine === null) return [];
    // Columns are made when they are asked for: few models are time spines.
    const { columns } = model;
    const name = String(spine.standard_granularity_column);
    return [
      {
        node_relation: { alias, schema_name: schema, database, relation_name },
        primary_column: { name, time_granularity: columns[name]?.granularity ?? null },
        custom_granularities: mappingsIn(spine.custom_granularities).map((one) => ({
          name: one.name ?? null,
          column_name: one.column_name ?? null,
        })),
      },
    ];
  });
}

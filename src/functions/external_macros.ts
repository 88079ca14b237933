import {
  type CodeNode,
  externalLocation,
  type NodeConfig,
  type Relation,
  type Rendering,
  type TemplateFunction,
} from '../core/index.ts';
import { type Bound, Dict, str, toJs } from '../jinja/index.ts';
import { dispatched } from './warehouse/dispatched.ts';
import { relationOf } from './warehouse/relation-argument.ts';
import { runAll } from './warehouse/session.ts';

/**
 * dbt-duckdb's macros for models that are files: `external_location(relation, config)`, and
 * `register_upstream_external_models()`, which makes the views of those that the run reads and does not build, for a
 * warehouse in memory.
 */
const functions: readonly TemplateFunction[] = [
  ...dispatched('external_location', ['relation', 'config'], (rendering, [relation, config]) =>
    externalLocation(
      relationOf(relation).identifier ?? '',
      configOf(config, rendering),
      rendering.environment.target.output.external_root,
    ),
  ),
  ...dispatched('register_upstream_external_models', [], (rendering) =>
    rendering.execute ? runAll(rendering, viewsOfFilesAbove(rendering), 'register_upstream_external_models()') : '',
  ),
];
export default functions;

function configOf(config: Bound, { node }: Rendering): NodeConfig {
  return (config instanceof Dict ? toJs(config) : (node?.config ?? {})) as NodeConfig;
}

function viewsOfFilesAbove(rendering: Rendering): readonly string[] {
  const { nodes } = rendering.graph();
  const selected = new Set(rendering.selectedResources);
  const above = [...selected].flatMap((id) => (nodes.get(id) as CodeNode | undefined)?.depends_on?.nodes ?? []);
  return [...new Set(above)].flatMap((id) => {
    const node = nodes.get(id);
    if (selected.has(id) || node?.resource_type !== 'model' || node.config.materialized !== 'external') return [];
    return viewOfFile(node, rendering);
  });
}

function viewOfFile({ database, schema, alias, config }: CodeNode, rendering: Rendering): readonly string[] {
  const { statements } = rendering.adapter;
  const { projectRoot, target } = rendering.environment;
  const location = config.location ?? externalLocation(alias, config, target.output.external_root);
  const file = statements.externalFile?.(str(location as string), config, projectRoot);
  if (typeof file !== 'object') return [];
  const relation: Relation = { database, schema, identifier: alias, type: 'view' };
  return [statements.createSchema(relation), statements.createViewAs(relation, file.query, { replace: true })];
}

import { type Project, placeInProject } from '../1-parse/index.ts';
import {
  type Diagnostic,
  didYouMeanHint,
  error,
  type GraphNode,
  type ModelNode,
  type Span,
  searchName,
} from '../core/index.ts';

/**
 * A read that `layers:` of the project file forbids. What a layer may read is what its rule lists: layers by name, and
 * the resource types `source`, `seed` and `snapshot`; its own layer too has to be listed. Nothing is said about a layer
 * without a rule, nor about reading models that are in no layer.
 */
export function layerViolation(
  project: Project,
  reader: ModelNode,
  target: GraphNode,
  span: Span,
): Diagnostic | undefined {
  if (reader.layer === null) return undefined;
  const rule = project.settings.layers.get(reader.layer);
  const kind = target.resource_type === 'model' ? target.layer : target.resource_type;
  if (rule === undefined || kind === null || rule.reads.includes(kind)) return undefined;
  const what = target.resource_type === 'model' ? `layer '${kind}'` : `a ${kind}`;
  return error(
    'graph/layer',
    `Model '${reader.name}' (layer '${reader.layer}') reads '${searchName(target)}' (${what}), but layer '${reader.layer}' may read ${rule.reads.length === 0 ? 'nothing' : `only ${listed(rule.reads, 'and')}`}`,
    {
      span,
      hint: `Read it through an allowed layer, or add '${kind}' to layers.${reader.layer}.reads in ${project.settings.file}`,
      notes: [{ message: `'${searchName(target)}' is defined here`, span: target.origin.definition }],
    },
  );
}

/** What a rule can list beside layers. */
const readableTypes = ['source', 'seed', 'snapshot'];
const usualLayers = ['bronze', 'silver', 'gold'];

/** Names of layers that nothing explains: in a rule, or on a model of a project that has rules. */
export function unknownLayers(project: Project): Diagnostic[] {
  const { layers, file } = project.settings;
  if (layers.size === 0) return [];
  const diagnostics: Diagnostic[] = [];
  const known = new Set([...usualLayers, ...layers.keys()]);
  for (const [layer, { reads }] of layers) {
    for (const [index, name] of reads.entries()) {
      if (known.has(name) || readableTypes.includes(name)) continue;
      const message = `layers.${layer}.reads names '${name}', which is neither a layer nor ${listed(readableTypes, 'or')}`;
      const span = placeInProject(project.settings, ['layers', layer, 'reads', index]);
      const hint = didYouMeanHint(name, [...known, ...readableTypes]);
      diagnostics.push(error('graph/unknown-layer', message, { span, hint }));
    }
  }
  for (const node of project.nodes.values()) {
    if (node.resource_type !== 'model' || node.layer === null || known.has(node.layer)) continue;
    diagnostics.push(
      error('graph/unknown-layer', `Model '${node.name}' is in layer '${node.layer}', which ${file} does not know`, {
        span: node.origin.properties ?? node.origin.definition,
        hint: didYouMeanHint(node.layer, known) ?? `Give it a rule: layers.${node.layer}.reads`,
      }),
    );
  }
  return diagnostics;
}

function listed(names: readonly string[], last: 'and' | 'or'): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} ${last} ${names.at(-1)}`;
}

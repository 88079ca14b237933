import { type Diagnostic, type GraphNode, granularities, withArticle } from '../../core/index.ts';
import { problem, type SemanticLayer } from './semantic-layer.ts';

const validName = /^[a-z]((?!__)[a-z0-9_])*[a-z0-9]$/;
const reserved = new Set(['metric_time', 'mf_internal_uuid']);
const timeWords = new Set(granularities);

/** Names become parts of columns' names, and so have rules of their own; within a semantic model each stands once. */
export function checkNames({ models, metrics, savedQueries }: SemanticLayer): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  const check = (node: GraphNode, kind: string, name: string): void => {
    const fault = faultOf(name);
    if (fault) found.push(problem('graph/semantic-name', node, `The name '${name}' of ${withArticle(kind)} ${fault}`));
  };
  const kinds = new Map<string, string>();
  for (const model of models) {
    check(model, 'semantic model', model.name);
    const here = new Map<string, string>();
    for (const [kind, elements] of [
      ['measure', model.measures],
      ['entity', model.entities],
      ['dimension', model.dimensions],
    ] as const) {
      for (const { name: given } of elements) {
        const name = String(given);
        check(model, kind, name);
        const other = here.get(name);
        if (other) {
          const message = `The semantic model '${model.name}' has the name '${name}' twice: for a ${other} and for a ${kind}`;
          found.push(problem('graph/semantic-name', model, message));
        }
        here.set(name, kind);
        const elsewhere = kinds.get(name);
        if (!other && elsewhere !== undefined && elsewhere !== kind) {
          const message = `'${name}' is a ${kind} in the semantic model '${model.name}', but a ${elsewhere} in another`;
          found.push(problem('graph/semantic-name', model, message, 'One name means one kind of thing'));
        }
        kinds.set(name, elsewhere ?? kind);
      }
    }
  }
  // What cannot be the name of a metric at all was told where it stands.
  for (const metric of metrics) if (/^[A-Za-z]\w*$/.test(metric.name)) check(metric, 'metric', metric.name);
  for (const query of savedQueries) check(query, 'saved query', query.name);
  return found;
}

function faultOf(name: string): string | undefined {
  if (timeWords.has(name.toLowerCase())) return 'is that of a granularity';
  if (reserved.has(name.toLowerCase())) return 'is reserved';
  if (validName.test(name)) return undefined;
  return 'has to be two or more small letters, digits and single underscores, a letter first and no underscore last';
}

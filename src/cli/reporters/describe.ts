import type { Graph } from '../../2-graph/index.ts';
import { type GraphNode, unitTestName } from '../../core/index.ts';

/** A node as result lines name it. */
export interface Described {
  readonly kind: string;
  /** `view`, `table`, `seed`, `data test`… as dbt counts them at the end of a run. */
  readonly counted: string;
  readonly name: string;
  /** dbt's words: `sql view model main.stg_orders`. */
  readonly label: string;
  readonly file: string | undefined;
}

/** A node by its id; what the graph does not know is named by the id alone. */
export function describeNode(nodeId: string, graph: Graph | undefined): Described {
  const node = graph?.nodes.get(nodeId) ?? graph?.project.nodes.get(nodeId);
  if (node) return describe(node);
  const [kind = 'node', , ...rest] = nodeId.split('.');
  const name = rest.join('.');
  if (kind === 'operation')
    return {
      kind,
      counted: 'project hook',
      name: hookName(name),
      label: `hook: ${hookName(name)}`,
      file: undefined,
    };
  return { kind, counted: kind, name, label: name, file: undefined };
}

function describe(node: GraphNode): Described {
  const { name, resource_type: kind, original_file_path: file } = node;
  switch (node.resource_type) {
    case 'model': {
      const { materialized } = node.config;
      const label = `${node.language} ${materialized} model ${node.schema}.${node.alias}`;
      return { kind, counted: `${materialized} model`, name: versioned(name, node.version), label, file };
    }
    case 'seed':
      return { kind, counted: 'seed', name, label: `seed file ${node.schema}.${node.alias}`, file };
    case 'snapshot':
      return { kind, counted: 'snapshot', name, label: `snapshot ${node.schema}.${node.alias}`, file };
    case 'test':
      return { kind, counted: 'data test', name, label: `test ${name}`, file };
    case 'unit_test': {
      const title = `${node.model}::${unitTestName(node)}`;
      return { kind, counted: 'unit test', name: title, label: `unit_test ${title}`, file };
    }
    case 'operation':
      return {
        kind,
        counted: 'project hook',
        name: hookName(name),
        label: `hook: ${hookName(name)}`,
        // dbt writes `./dbt_project.yml`.
        file: file.replace(/^\.\//, ''),
      };
    case 'function':
      return { kind, counted: 'function', name, label: `function ${node.schema}.${node.alias}`, file };
    case 'saved_query':
      return { kind, counted: 'saved query', name, label: `saved query ${name}`, file };
    case 'source': {
      const full = `${node.source_name}.${name}`;
      return { kind, counted: kind, name: full, label: `freshness of ${full}`, file };
    }
    default:
      return { kind, counted: kind, name, label: `${kind} ${name}`, file };
  }
}

/** Some partitions of a node. */
export function describePart(node: Described, partition: string | undefined): Described {
  if (partition === undefined) return node;
  return { ...node, name: `${node.name}[${partition}]`, label: `${node.label}[${partition}]` };
}

const versioned = (name: string, version: string | number | null): string =>
  version === null || version === undefined ? name : `${name}.v${version}`;

/** `shop-on-run-start-0` is shown as `shop.on-run-start.0`. */
const hookName = (name: string): string => name.replace(/^(.*)-(on-run-(?:start|end))-(\d+)$/, '$1.$2.$3');

/** `3 models`, `1 analysis`, `2 data tests`; dbt's plurals. */
export function pluralize(count: number, word: string): string {
  if (count === 1) return `1 ${word}`;
  if (word === 'analysis') return `${count} analyses`;
  return `${count} ${word.endsWith('y') ? `${word.slice(0, -1)}ies` : word.endsWith('s') ? `${word}es` : `${word}s`}`;
}

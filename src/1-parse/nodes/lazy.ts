import type { CodeNode, ColumnInfo, ExposureNode, Node } from '../../core/index.ts';

/** The parts of a node that are large and seldom looked at; they are made when somebody does. */
export interface LazyParts {
  readonly rawCode: () => string;
  readonly columns: (() => Readonly<Record<string, ColumnInfo>>) | undefined;
}

const parts = new WeakMap<object, LazyParts>();
const noColumns: Readonly<Record<string, ColumnInfo>> = Object.freeze({});

// One descriptor for all nodes, so that they keep one shape. A copy of a node (`{ ...node }`) has plain values.
const rawCodeMember: PropertyDescriptor & ThisType<object> = {
  enumerable: true,
  configurable: true,
  get() {
    return settle(this, 'raw_code', parts.get(this)?.rawCode() ?? '');
  },
};
const columnsMember: PropertyDescriptor & ThisType<object> = {
  enumerable: true,
  configurable: true,
  get() {
    return settle(this, 'columns', parts.get(this)?.columns?.() ?? noColumns);
  },
};

function settle<Value>(node: object, name: string, value: Value): Value {
  Object.defineProperty(node, name, { value, enumerable: true, configurable: true, writable: true });
  return value;
}

/** A node whose `raw_code` and `columns` are made when they are first read. */
export function makeLazy<Made extends CodeNode>(node: Omit<Made, 'raw_code' | 'columns'>, lazy: LazyParts): Made {
  parts.set(node, lazy);
  Object.defineProperty(node, 'raw_code', rawCodeMember);
  if (lazy.columns) Object.defineProperty(node, 'columns', columnsMember);
  else (node as { columns?: unknown }).columns = noColumns;
  return node as unknown as Made;
}

/**
 * The node with the ids that it depends on. Prefer this to copying the node oneself: a copy makes its large parts, this
 * does not.
 */
export function withDependencies<Dependent extends Node | ExposureNode>(
  node: Dependent,
  ids: readonly string[],
): Dependent {
  const depends_on = { macros: node.depends_on.macros, nodes: ids };
  const lazy = parts.get(node);
  if (lazy === undefined) return { ...node, depends_on };
  const copy: Record<string, unknown> = {};
  for (const name in node) {
    if (name !== 'raw_code' && name !== 'columns') copy[name] = node[name];
  }
  copy.depends_on = depends_on;
  return makeLazy(copy as unknown as CodeNode, lazy) as unknown as Dependent;
}

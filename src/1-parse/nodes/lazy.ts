import type { CodeNode, ColumnInfo, ExposureNode, Node, SavedQueryNode, SemanticModelNode } from '../../core/index.ts';

/** Nodes that a copy with other fields is made of. */
type Lazy = Node | ExposureNode | SemanticModelNode | SavedQueryNode;

/** The parts of a node that are large and seldom looked at; they are made when somebody does, and not kept. */
export interface LazyParts {
  readonly rawCode: () => string;
  readonly columns: (() => Readonly<Record<string, ColumnInfo>>) | undefined;
}

const parts = new WeakMap<object, LazyParts>();
const noColumns: Readonly<Record<string, ColumnInfo>> = Object.freeze({});

// One descriptor for all nodes, so that they keep one shape. Nothing is kept of what is read: writing the manifest reads
// everything of every node, once. A copy of a node (`{ ...node }`) has plain values.
const rawCodeMember: PropertyDescriptor & ThisType<object> = {
  enumerable: true,
  configurable: true,
  get() {
    return parts.get(this)?.rawCode() ?? '';
  },
};
const columnsMember: PropertyDescriptor & ThisType<object> = {
  enumerable: true,
  configurable: true,
  get() {
    return parts.get(this)?.columns?.() ?? noColumns;
  },
};

/** How the large parts of a node are made; undefined where they are plain values. */
export function largeParts(node: object): LazyParts | undefined {
  return parts.get(node);
}

/** Says of a node that its large parts are made when somebody reads them, so that copies are made with care. */
export function isLarge(node: object, lazy: LazyParts): void {
  parts.set(node, lazy);
}

/** A node whose `raw_code` and `columns` are made whenever they are read. */
export function makeLazy<Made extends CodeNode>(node: Omit<Made, 'raw_code' | 'columns'>, lazy: LazyParts): Made {
  parts.set(node, lazy);
  Object.defineProperty(node, 'raw_code', rawCodeMember);
  if (lazy.columns) Object.defineProperty(node, 'columns', columnsMember);
  else (node as { columns?: unknown }).columns = noColumns;
  return node as unknown as Made;
}

/**
 * The node with some fields changed. Prefer this to copying the node oneself: a copy makes its large parts, this does not.
 */
export function withFields<Changed extends Lazy>(node: Changed, change: Partial<Changed>): Changed {
  const lazy = parts.get(node);
  if (lazy === undefined) return { ...node, ...change };
  const copy: Record<string, unknown> = {};
  for (const name in node) {
    if (name !== 'raw_code' && name !== 'columns') copy[name] = node[name];
  }
  Object.assign(copy, change);
  const { raw_code: code } = change as Partial<CodeNode>;
  return makeLazy(copy as unknown as CodeNode, {
    ...lazy,
    ...(code === undefined ? {} : { rawCode: () => code }),
  }) as unknown as Changed;
}

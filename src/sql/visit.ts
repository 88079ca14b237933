import type { Statement } from './statement-tree.ts';
import type {
  DataType,
  Expression,
  GroupItem,
  Identifier,
  Name,
  Pivot,
  Query,
  QueryBody,
  SelectItem,
  SortItem,
  TableExpression,
  Unpivot,
  WindowSpecification,
} from './tree.ts';

/** Whatever in the tree has a kind of its own. */
export type SyntaxNode =
  | Statement
  | Query
  | QueryBody
  | TableExpression
  | Expression
  | GroupItem
  | SelectItem
  | SortItem
  | WindowSpecification
  | Pivot
  | Unpivot
  | DataType
  | Name
  | Identifier;

/** The node of a kind. */
export type NodeOf<Kind extends SyntaxNode['kind']> = Extract<SyntaxNode, { readonly kind: Kind }>;

/**
 * Kinds of parts that belong to one node only: the steps of a path, the parameters of a type, the parts of a pattern of
 * rows. They are not visited themselves, what they hold is. Two of these kinds are kinds of expressions too.
 */
const parts: ReadonlySet<string> = new Set(
  'key index value type field symbol anchor sequence alternation permute exclusion group quantified'.split(' '),
);

function isNode(value: object): value is SyntaxNode {
  if (!('kind' in value)) return false;
  if (!parts.has(value.kind as string)) return true;
  return 'operand' in value || 'left' in value;
}

/**
 * The nodes directly below a node: not those below these. This looks at what is there, so that it holds for every kind of
 * statement, query and expression, also for new ones.
 */
export function children(node: SyntaxNode): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  for (const value of Object.values(node)) if (typeof value === 'object' && value !== null) collect(value, found);
  return found;
}

function collect(value: object, found: SyntaxNode[]): void {
  if (Array.isArray(value)) {
    for (const item of value) if (typeof item === 'object' && item !== null) collect(item, found);
  } else if (isNode(value)) found.push(value);
  else for (const part of Object.values(value)) if (typeof part === 'object' && part !== null) collect(part, found);
}

/**
 * Visits a node and all below it, each before what it holds. However deep the tree is, the stack is not.
 *
 * @param visit may return false: then what the node holds is not visited.
 */
export function walk(root: SyntaxNode, visit: (node: SyntaxNode) => unknown): void {
  const waiting = [root];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (visit(node) === false) continue;
    const below = children(node);
    for (let index = below.length - 1; index >= 0; index--) waiting.push(below[index]!);
  }
}

/** Whether a node, or one below it, is such a one. */
export function holds(root: SyntaxNode, isSuch: (node: SyntaxNode) => boolean): boolean {
  let found = false;
  walk(root, (node) => {
    found ||= isSuch(node);
    return !found;
  });
  return found;
}

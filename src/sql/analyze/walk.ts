/** Any node of the tree. */
interface Node {
  readonly kind?: string;
}

/**
 * Visits a node and what it holds, outside in, without going into nodes for which `enter` says false. Own stack, so that
 * deep trees do no harm.
 */
export function walk(root: object, enter: (node: Node) => boolean): void {
  const waiting: object[] = [root];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (!Array.isArray(node) && !enter(node)) continue;
    for (const part of Object.values(node)) if (typeof part === 'object' && part !== null) waiting.push(part);
  }
}

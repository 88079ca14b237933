import {
  type CodeNode,
  constraintsOf,
  type JsonObject,
  type MaterializationContext,
  spokenName,
} from '../../core/index.ts';

/**
 * Whether the node's table has foreign keys that the warehouse holds it to. Such a table gets them under its own name:
 * other tables would go on knowing it by the name that it had.
 */
export function hasForeignKeys({ node, adapter }: MaterializationContext): boolean {
  return adapter.capabilities.enforcesReferences === true && hasConstraint(node, 'foreign_key');
}

/** For a table that will have another name. */
export function withoutForeignKeys(context: MaterializationContext): MaterializationContext {
  if (!hasForeignKeys(context)) return context;
  const { node } = context;
  const others = (constraints: readonly JsonObject[]): readonly JsonObject[] =>
    constraints.filter(({ type }) => type !== 'foreign_key');
  const columns = Object.entries(node.columns).map(
    ([name, column]) => [name, { ...column, constraints: others(column.constraints) }] as const,
  );
  const ofTable = 'constraints' in node ? { constraints: others(node.constraints as readonly JsonObject[]) } : {};
  return { ...context, node: { ...node, ...ofTable, columns: Object.fromEntries(columns) } as CodeNode };
}

/** A transaction that makes a table with foreign keys, or replaces one that such keys point at, is the only such one. */
export async function amongReferences<T>(context: MaterializationContext, transaction: () => Promise<T>): Promise<T> {
  const { existing, session } = context;
  const { references } = session;
  const mayBeReferredTo = references && existing && isKeyed(context);
  const isOne = hasForeignKeys(context) || (mayBeReferredTo && (await references.isReferredTo(existing)));
  return references && isOne ? references.alone(transaction) : transaction();
}

/**
 * Replaces the node's table within a transaction. Tables whose foreign keys point at it are there afterwards, too: with
 * their rows and, where these still refer to what is there, with their constraints.
 */
export async function replacing<T>(context: MaterializationContext, replace: () => Promise<T>): Promise<T> {
  const { references } = context.session;
  const { existing } = context;
  if (!references || !existing || !isKeyed(context)) return replace();
  const putBack = await references.release(existing, context);
  const result = await replace();
  for (const relation of await putBack()) {
    context.warn(
      `${spokenName(relation)} refers to rows that ${context.node.name} no longer has: it is without its constraints until it is built again`,
    );
  }
  return result;
}

/** Only to a key can others refer. */
const isKeyed = ({ node, existing }: MaterializationContext): boolean =>
  existing?.type === 'table' && (hasConstraint(node, 'primary_key') || hasConstraint(node, 'unique'));

const hasConstraint = (node: CodeNode, type: string): boolean =>
  node.contract.enforced && constraintsOf(node).some((constraint) => constraint.type === type);

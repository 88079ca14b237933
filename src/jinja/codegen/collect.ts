import type { Arguments, Expression, Statement, Target } from '../tree.ts';
import type { Frame } from './frame.ts';

/** The direct parts of an expression. */
export function childrenOf(node: Expression): readonly (Expression | undefined)[] {
  switch (node.kind) {
    case 'constant':
    case 'name':
      return [];
    case 'list':
    case 'tuple':
      return node.items;
    case 'dict':
      return node.pairs.flatMap(({ key, value }) => [key, value]);
    case 'unary':
      return [node.operand];
    case 'binary':
    case 'logic':
      return [node.left, node.right];
    case 'concat':
      return node.parts;
    case 'compare':
      return [node.first, ...node.rest.map(({ right }) => right)];
    case 'conditional':
      return [node.test, node.then, node.otherwise];
    case 'attribute':
      return [node.object];
    case 'item':
      return [node.object, node.index];
    case 'slice':
      return [node.from, node.to, node.step];
    case 'call':
      return [node.callee, ...argumentExpressions(node.args)];
    case 'filter':
    case 'test':
      return [node.value, ...argumentExpressions(node.args)];
  }
}

function argumentExpressions(args: Arguments): (Expression | undefined)[] {
  return [...args.positional, ...args.named.map(({ value }) => value), args.star, args.doubleStar];
}

/** Every expression that a statement holds itself, and the statements inside it. */
export function partsOf(node: Statement): {
  expressions: readonly (Expression | undefined)[];
  bodies: readonly (readonly Statement[])[];
} {
  switch (node.kind) {
    case 'text':
    case 'loop-control':
      return { expressions: [], bodies: [] };
    case 'print':
    case 'set':
    case 'do':
      return { expressions: [node.value], bodies: [] };
    case 'set-block':
      return { expressions: [node.filter], bodies: [node.body] };
    case 'if':
      return {
        expressions: node.branches.map(({ test }) => test),
        bodies: [...node.branches.map(({ body }) => body), node.otherwise],
      };
    case 'for':
      return { expressions: [node.items, node.test], bodies: [node.body, node.otherwise] };
    case 'with':
      return { expressions: node.bindings.map(({ value }) => value), bodies: [node.body] };
    case 'macro':
      return { expressions: node.parameters.map(({ defaultValue }) => defaultValue), bodies: [node.body] };
    case 'call-block':
      return {
        expressions: [node.call, ...node.parameters.map(({ defaultValue }) => defaultValue)],
        bodies: [node.body],
      };
    case 'filter-block':
      return { expressions: [node.filter], bodies: [node.body] };
    case 'scope':
      return { expressions: [], bodies: [node.body] };
  }
}

/** Notes every name that an expression reads. */
export function collectLoads(frame: Frame, node: Expression | undefined): void {
  if (node === undefined) return;
  if (node.kind === 'name') frame.load(node.name);
  for (const child of childrenOf(node)) collectLoads(frame, child);
}

function collectStores(frame: Frame, target: Target, inBranch: boolean): void {
  if (target.kind === 'name') frame.store(target.name, inBranch);
  else if (target.kind === 'member') frame.load(target.object.name);
  else for (const item of target.items) collectStores(frame, item, inBranch);
}

/** Notes what the statements of one frame read and assign, in order, without entering the frames inside. */
export function collect(frame: Frame, body: readonly Statement[], localMacros: boolean, inBranch = false): void {
  for (const node of body) {
    switch (node.kind) {
      case 'print':
      case 'do':
        collectLoads(frame, node.value);
        break;
      case 'set':
        collectLoads(frame, node.value);
        collectStores(frame, node.target, inBranch);
        break;
      case 'set-block':
        collectLoads(frame, node.filter);
        collectStores(frame, node.target, inBranch);
        break;
      case 'if':
        for (const branch of node.branches) {
          collectLoads(frame, branch.test);
          collect(frame, branch.body, localMacros, true);
        }
        collect(frame, node.otherwise, localMacros, true);
        break;
      case 'for':
        collectLoads(frame, node.items);
        break;
      case 'with':
        for (const { value } of node.bindings) collectLoads(frame, value);
        break;
      case 'call-block':
        collectLoads(frame, node.call);
        break;
      case 'filter-block':
        collectLoads(frame, node.filter);
        break;
      case 'macro':
        if (localMacros) frame.store(node.name, inBranch);
        break;
    }
  }
}

function readsIn(
  expression: Expression | undefined,
  name: string,
  found: (parent: Expression | undefined) => void,
  parent?: Expression,
): void {
  if (expression === undefined) return;
  if (expression.kind === 'name' && expression.name === name) found(parent);
  for (const child of childrenOf(expression)) readsIn(child, name, found, expression);
}

/** Calls `found` with the enclosing expression of each read of a name, everywhere in the statements. */
export function findReads(
  body: readonly Statement[],
  name: string,
  found: (parent: Expression | undefined) => void,
): void {
  for (const node of body) {
    const { expressions, bodies } = partsOf(node);
    for (const expression of expressions) readsIn(expression, name, found);
    for (const inner of bodies) findReads(inner, name, found);
  }
}

/** Whether a name is read anywhere in the statements. */
export function reads(body: readonly Statement[], name: string): boolean {
  let any = false;
  findReads(body, name, () => {
    any = true;
  });
  return any;
}

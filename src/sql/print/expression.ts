import { behindArrow } from '../dialect.ts';
import type { Binary, Expression } from '../tree.ts';
import { bindingOf, leftMinimum, leftOperand } from './binding.ts';
import { concat, type Doc, enclose, group, indent, sequence } from './document.ts';
import { printRest } from './operators.ts';
import { printPrimary } from './primary.ts';
import { lineBefore, type Printing } from './printing.ts';

/**
 * An expression without parentheses around it. Chains of operators can be long: they are followed to the left in a loop,
 * and only what stands to the right of an operator goes deeper.
 */
export function printExpression(printing: Printing, node: Expression): Doc {
  const chain: Expression[] = [];
  let first = node;
  for (let left = leftOperand(first); left !== undefined; left = leftOperand(first)) {
    chain.push(first);
    if (needsParentheses(printing, left, first)) {
      return finish(printing, chain, enclose('(', printing.expression(left), ')'));
    }
    first = left;
  }
  return finish(printing, chain, printPrimary(printing, first));
}

function needsParentheses({ dialect }: Printing, left: Expression, whole: Expression): boolean {
  if (bindingOf(left, dialect) < leftMinimum(whole, dialect)) return true;
  // Everything behind a path's colon belongs to the path, and a point behind a column would make a longer column.
  if (left.kind === 'path') return whole.kind === 'subscript' || whole.kind === 'field' || whole.kind === 'path';
  return whole.kind === 'field' && (left.kind === 'column' || left.kind === 'number');
}

/** Puts the operators of a chain, whose last is the innermost, behind what it starts with. */
function finish(printing: Printing, chain: readonly Expression[], first: Doc): Doc {
  let doc = first;
  for (let index = chain.length - 1; index >= 0; ) {
    const node = chain[index]!;
    if (node.kind === 'binary') {
      const steps = stepsOf(printing, chain, index);
      doc = group(doc, indent(sequence(steps)));
      index -= steps.length;
    } else {
      doc = concat(doc, printRest(printing, node));
      index--;
    }
  }
  return doc;
}

/** The operators from an index on that bind alike: they break their lines together. */
function stepsOf(printing: Printing, chain: readonly Expression[], from: number): Doc[] {
  const binding = bindingOf(chain[from]!, printing.dialect);
  const steps: Doc[] = [];
  for (let index = from; index >= 0; index--) {
    const node = chain[index]!;
    if (node.kind !== 'binary' || bindingOf(node, printing.dialect) !== binding) break;
    steps.push(printStep(printing, node, binding));
  }
  return steps;
}

function printStep(printing: Printing, node: Binary, binding: number): Doc {
  const { operator, right } = node;
  const minimum = operator === '->' || operator === '->>' ? behindArrow(operator) : binding + 1;
  return concat(lineBefore(printing, right.start), operator, ' ', printing.operand(right, minimum));
}

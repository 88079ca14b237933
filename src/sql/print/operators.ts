import { precedence } from '../dialect.ts';
import type { Expression, In, Like, Path, Quantified, Subscript } from '../tree.ts';
import { bindingOf } from './binding.ts';
import { concat, type Doc, enclose } from './document.ts';
import { stringText } from './literals.ts';
import { identifierText, printName } from './names.ts';
import { type Printing, parenthesizedList } from './printing.ts';

/** What stands behind the operand of an expression that begins with one; binary operators are not among them. */
export function printRest(printing: Printing, node: Expression): Doc {
  const above = bindingOf(node, printing.dialect) + 1;
  switch (node.kind) {
    case 'is': {
      const words = `${node.negated ? ' is not ' : ' is '}${node.test}`;
      return node.other ? concat(words, ' from ', printing.operand(node.other, above)) : words;
    }
    case 'between': {
      const words = `${node.negated ? ' not' : ''} between ${node.symmetric ? 'symmetric ' : ''}`;
      return concat(words, printing.operand(node.low, above), ' and ', printing.operand(node.high, above));
    }
    case 'in':
      return concat(node.negated ? ' not in ' : ' in ', printChoices(printing, node));
    case 'like':
      return printLike(printing, node, above);
    case 'quantified':
      return concat(` ${node.operator} ${node.quantifier} `, printQuantity(printing, node));
    case 'at-time-zone':
      return concat(' at time zone ', printing.operand(node.zone, above));
    case 'collate': {
      const { collation } = node;
      const isText = collation.kind === 'string';
      return concat(' collate ', isText ? stringText(collation, printing.dialect) : printName(printing, collation));
    }
    case 'cast':
      return concat('::', printing.type(node.type));
    case 'subscript':
      return printSubscript(printing, node);
    case 'field':
      return `.${identifierText(printing, node.name)}`;
    case 'path':
      return printSteps(printing, node);
    case 'unary':
      return node.operator;
    default:
      return '';
  }
}

function printChoices(printing: Printing, { choices, end }: In): Doc {
  if (!('kind' in choices)) return parenthesizedList(printing, choices, (choice) => printing.expression(choice));
  if (choices.kind === 'query') return printing.nested(choices, end);
  return printing.operand(choices, precedence.matching + 1);
}

function printQuantity(printing: Printing, { right, end }: Quantified): Doc {
  if (right.kind === 'query') return printing.nested(right, end);
  if (right.kind === 'tuple' && !right.keyword) return printing.expression(right);
  return enclose('(', printing.expression(right), ')');
}

function printLike(printing: Printing, node: Like, above: number): Doc {
  const words = `${node.negated ? ' not' : ''} ${node.operator} `;
  const ending = node.escape ? concat(' escape ', printing.operand(node.escape, above)) : '';
  if (node.quantifier === undefined) return concat(words, printing.operand(node.patterns[0]!, above), ending);
  const [only] = node.patterns;
  const patterns =
    node.patterns.length === 1 && only?.kind === 'subquery'
      ? printing.expression(only)
      : parenthesizedList(printing, node.patterns, (pattern) => printing.expression(pattern));
  return concat(words, node.quantifier, ' ', patterns, ending);
}

function printSubscript(printing: Printing, { index, slice }: Subscript): Doc {
  const optional = (part: Expression | undefined): Doc => (part ? printing.expression(part) : '');
  if (!slice) return concat('[', optional(index), ']');
  if (!slice.step) return concat('[', optional(slice.from), ':', optional(slice.to), ']');
  return concat('[', optional(slice.from), ':', slice.to ? optional(slice.to) : '-', ':', optional(slice.step), ']');
}

function printSteps(printing: Printing, { steps }: Path): Doc {
  const docs = steps.map((step, index) => {
    if (step.kind === 'index') return concat(index === 0 ? ':[' : '[', printing.expression(step.index), ']');
    return `${index === 0 ? ':' : '.'}${identifierText(printing, step.name)}`;
  });
  return concat(...docs);
}

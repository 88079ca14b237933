import type {
  AtTimeZone,
  Between,
  Binary,
  Case,
  Cast,
  Collate,
  Expression,
  Field,
  In,
  Interval,
  IsTest,
  Like,
  Logical,
  Path,
  PositionalColumn,
  Quantified,
  Subscript,
  Unary,
} from '../tree.ts';
import { ATOM, operatorBinding, unaryLevel } from './binding.ts';
import { printCall } from './call.ts';
import { printArray, printComprehension, printLambda, printObject } from './collections.ts';
import { concat, type Doc, enclose, group, indent, line, sequence } from './document.ts';
import { stringText } from './literals.ts';
import { dottedText, identifierText } from './names.ts';
import { lineBefore, type Printing, parenthesizedList } from './printing.ts';
import { printStar } from './select-items.ts';

/** An expression that does not begin with another. */
export function printPrimary(printing: Printing, node: Expression): Doc {
  switch (node.kind) {
    case 'number':
      return node.text;
    case 'string':
      return stringText(node, printing.dialect);
    case 'boolean':
      return String(node.value);
    case 'null':
    case 'default':
      return node.kind;
    case 'typed-literal':
      // N'…' is written in one.
      return concat(
        printing.type(node.type),
        node.type.name === 'n' && node.value.quoting === 'single' ? '' : ' ',
        stringText(node.value, printing.dialect),
      );
    case 'interval':
      return printInterval(printing, node);
    case 'column':
      return dottedText(printing, node.parts, 'notColumn');
    case 'positional-column':
      return positionText(printing, node);
    case 'star':
      return printStar(printing, node);
    case 'parameter':
      return `${node.mark}${node.name}`;
    case 'logical':
      return printLogical(printing, node);
    case 'unary':
      return printUnary(printing, node);
    case 'exists':
      return concat('exists ', printing.nested(node.query, node.end));
    case 'case':
      return printCase(printing, node);
    case 'cast':
      return printCast(printing, node);
    case 'call':
      return printCall(printing, node);
    case 'subquery':
      return printing.nested(node.query, node.end);
    case 'array':
      return printArray(printing, node);
    case 'object':
      return printObject(printing, node);
    case 'tuple': {
      const items = parenthesizedList(printing, node.items, (item) => printing.expression(item), node.end);
      return concat(node.keyword ? 'row' : '', items);
    }
    case 'lambda':
      return printLambda(printing, node);
    case 'comprehension':
      return printComprehension(printing, node);
    case 'parenthesized':
      return enclose('(', concat(printing.condition(node.expression), printing.comments.inside(node.end)), ')');
    case 'stage-reference':
      return node.location;
    case 'bad-expression':
      return '';
    default:
      return startsWithOperand(node);
  }
}

/** What begins with another expression was taken apart before; each of these kinds has to be known there. */
function startsWithOperand(
  _node: Binary | IsTest | Between | In | Like | Quantified | AtTimeZone | Collate | Path | Subscript | Field,
): Doc {
  return '';
}

function positionText(printing: Printing, { qualifier, position }: PositionalColumn): string {
  const mark = printing.dialect.syntax.hashColumns && !qualifier ? '#' : '$';
  return `${qualifier ? `${identifierText(printing, qualifier)}.` : ''}${mark}${position}`;
}

function printInterval(printing: Printing, { value, unit }: Interval): Doc {
  const simple =
    value.kind === 'tuple' || value.kind === 'string' || value.kind === 'number' || value.kind === 'parenthesized';
  const amount = simple ? printing.expression(value) : enclose('(', printing.expression(value), ')');
  return concat('interval ', amount, unit === undefined ? '' : ` ${unit}`);
}

/** `a and b`; where it has the lines for itself, all conditions begin at one column. */
export function printLogical(printing: Printing, { operator, operands }: Logical, alone = false): Doc {
  const above = operatorBinding(printing.dialect, operator) + 1;
  const docs = operands.map((operand, index) => {
    if (index === 0) return printing.operand(operand, above);
    return concat(lineBefore(printing, operand.start), operator, ' ', printing.operand(operand, above));
  });
  return alone ? group(sequence(docs)) : group(docs[0] ?? '', indent(sequence(docs.slice(1))));
}

function printUnary(printing: Printing, { operator, operand }: Unary): Doc {
  // Two signs in a row would start a comment, and so would a comment behind a sign.
  const level = unaryLevel(operator);
  const stands = operand.kind === 'unary' && operand.operator !== '!' && unaryLevel(operand.operator) >= level;
  const isSign = stands || (operand.kind === 'number' && operand.text.startsWith('-'));
  const isGlued = isSign || operand.kind === 'star';
  const blank = isGlued || /^[a-z]/.test(operator) || printing.comments.waits(operand.start) ? ' ' : '';
  return concat(operator, blank, stands ? printing.expression(operand) : printing.operand(operand, level));
}

function printCase(printing: Printing, node: Case): Doc {
  const part = (word: string, value: Expression): Doc => concat(word, ' ', printing.expression(value));
  const operand = node.operand ? concat(' ', printing.expression(node.operand)) : '';
  const branches = node.branches.flatMap(({ when, then }) => [
    lineBefore(printing, when.start),
    group(part('when', when), indent(lineBefore(printing, then.start), part('then', then))),
  ]);
  const { otherwise } = node;
  if (otherwise) branches.push(lineBefore(printing, otherwise.start), part('else', otherwise));
  return group('case', operand, indent(sequence(branches), printing.comments.inside(node.end)), line, 'end');
}

function printCast(printing: Printing, node: Cast): Doc {
  const format = node.format ? concat(' format ', printing.operand(node.format, ATOM)) : '';
  const modifiers = (node.modifiers ?? []).map((words) => ` ${words}`).join('');
  const inner = concat(printing.expression(node.operand), ' as ', printing.type(node.type), format, modifiers);
  return concat(node.syntax === 'try_cast' ? 'try_cast' : 'cast', enclose('(', inner, ')'));
}

import { precedence } from '../dialect.ts';
import type {
  Argument,
  Call,
  FrameBound,
  Identifier,
  Name,
  SortItem,
  WindowFrame,
  WindowSpecification,
} from '../tree.ts';
import { POSTFIX } from './binding.ts';
import { concat, type Doc, enclose, group, indent, isEmpty, line } from './document.ts';
import { dottedText, identifierText, printName } from './names.ts';
import { list, type Printing } from './printing.ts';

/** A call with all that can stand around its arguments. */
export function printCall(printing: Printing, node: Call): Doc {
  const name = node.syntax === 'instance' ? printInstance(printing, node.name) : printFunctionName(printing, node.name);
  if (node.syntax === 'bare') return name;
  const docs: Doc[] = [];
  if (node.syntax === 'method') docs.push(printReceiver(printing, node), '.');
  docs.push(name);
  const content = printContent(printing, node);
  docs.push(content === undefined ? '()' : enclose('(', content, ')'));
  if (node.withinGroup) docs.push(' within group (', printOrder(printing, node.withinGroup), ')');
  if (node.filter) docs.push(' filter (where ', printing.expression(node.filter), ')');
  if (node.from) docs.push(` from ${node.from}`);
  if (node.nulls && !node.nulls.inside) docs.push(` ${node.nulls.treatment} nulls`);
  if (node.exportState) docs.push(' export_state');
  if (node.over) docs.push(' over ', printOver(printing, node.over));
  return concat(...docs);
}

/** A name before a parenthesis can be any word. */
function printFunctionName(printing: Printing, name: Name): Doc {
  return name.dynamic ? printName(printing, name) : dottedText(printing, name.parts);
}

/** `model!predict` */
function printInstance(printing: Printing, { parts }: Name): string {
  const method = parts.at(-1);
  return `${dottedText(printing, parts.slice(0, -1), 'notTable')}!${method ? identifierText(printing, method) : ''}`;
}

function printReceiver(printing: Printing, node: Call): Doc {
  const value = node.arguments[0]?.value;
  if (value === undefined) return '';
  return value.kind === 'query' ? printing.nested(value, value.end) : printing.operand(value, POSTFIX);
}

/** What stands between the parentheses, undefined for nothing. */
function printContent(printing: Printing, node: Call): Doc | undefined {
  const items = node.syntax === 'method' ? node.arguments.slice(1) : node.arguments;
  const words = wordsBetween(node);
  const docs: Doc[] = words ? [printWordedArguments(printing, node, words)] : [printArguments(printing, items)];
  if (node.distinct) docs.unshift(`${node.distinct} `);
  if (node.orderBy) docs.push(items.length > 0 ? line : '', printOrder(printing, node.orderBy));
  if (node.separator) docs.push(line, 'separator ', printing.expression(node.separator));
  if (node.limit) docs.push(line, 'limit ', printing.expression(node.limit));
  if (node.nulls?.inside) docs.push(line, `${node.nulls.treatment} nulls`);
  const { withinGroup, filter, nulls, over } = node;
  const isOpen = withinGroup || filter || over || (nulls && !nulls.inside);
  docs.push(printing.comments.inside(isOpen ? -1 : node.end));
  const doc = concat(...docs);
  return isEmpty(doc) ? undefined : doc;
}

function printArguments(printing: Printing, items: readonly Argument[]): Doc {
  return list(printing, items, (item) => printArgument(printing, item));
}

/** `x`, `name => x`, `** x`, or a query, in parentheses of its own only where something stands before it. */
export function printArgument(printing: Printing, { name, arrow, prefix, value }: Argument): Doc {
  const label = name ? `${identifierText(printing, name)} ${arrow ?? '=>'} ` : '';
  if (prefix === 'table') {
    const inner = value.kind === 'query' ? printing.query(value) : printing.expression(value);
    return concat(label, 'table', enclose('(', inner, ')'));
  }
  const mark = prefix === 'variadic' ? 'variadic ' : prefix === 'spread' ? '** ' : '';
  return concat(label, mark, value.kind === 'query' ? printing.query(value) : printing.expression(value));
}

/** The words between the arguments of calls that have words instead of commas. */
function wordsBetween({ syntax, arguments: items }: Call): readonly string[] | undefined {
  if (syntax === 'extract' || syntax === 'trim') return ['from'];
  if (syntax === 'position') return ['in'];
  if (syntax === 'substring') return items.length === 2 ? ['from'] : ['from', 'for'];
  return syntax === 'overlay' ? ['placing', 'from', 'for'] : undefined;
}

function printWordedArguments(printing: Printing, node: Call, words: readonly string[]): Doc {
  const docs: Doc[] = node.trimSide ? [`${node.trimSide} `] : [];
  // `trim(both from x)`
  if (node.syntax === 'trim' && node.arguments.length === 1) docs.push('from ');
  for (const [index, argument] of node.arguments.entries()) {
    if (index > 0) docs.push(` ${words[index - 1] ?? ','} `);
    const { value } = argument;
    const isNeedle = node.syntax === 'position' && index === 0 && value.kind !== 'query';
    docs.push(isNeedle ? printing.operand(value, precedence.symbols) : printArgument(printing, argument));
  }
  return concat(...docs);
}

/** `order by a, b desc` */
export function printOrder(printing: Printing, items: readonly SortItem[]): Doc {
  return group(
    'order by',
    indent(
      line,
      list(printing, items, (item) => printSortItem(printing, item)),
    ),
  );
}

function printSortItem(printing: Printing, { expression, direction, nulls }: SortItem): Doc {
  const words = `${direction ? ` ${direction}` : ''}${nulls ? ` nulls ${nulls}` : ''}`;
  return concat(printing.expression(expression), words);
}

function printOver(printing: Printing, over: WindowSpecification | Identifier): Doc {
  return over.kind === 'identifier' ? identifierText(printing, over) : printWindow(printing, over);
}

/** `(partition by a order by b rows between … and …)` */
export function printWindow(printing: Printing, window: WindowSpecification): Doc {
  const parts: Doc[] = [];
  if (window.base) parts.push(identifierText(printing, window.base));
  if (window.partitionBy.length > 0) {
    const items = list(printing, window.partitionBy, (item) => printing.expression(item));
    parts.push(group('partition by', indent(line, items)));
  }
  if (window.orderBy.length > 0) parts.push(printOrder(printing, window.orderBy));
  if (window.frame) parts.push(printFrame(printing, window.frame));
  if (parts.length === 0) return '()';
  const docs = parts.flatMap((part, index) => (index === 0 ? [part] : [line, part]));
  return enclose('(', concat(...docs, printing.comments.inside(window.end)), ')');
}

function printFrame(printing: Printing, { unit, from, to, exclude }: WindowFrame): Doc {
  const bounds = to
    ? concat('between ', printBound(printing, from), ' and ', printBound(printing, to))
    : printBound(printing, from);
  return concat(`${unit} `, bounds, exclude ? ` exclude ${exclude}` : '');
}

function printBound(printing: Printing, { direction, distance }: FrameBound): Doc {
  if (direction === 'current row') return direction;
  return concat(distance ? printing.expression(distance) : 'unbounded', ` ${direction}`);
}

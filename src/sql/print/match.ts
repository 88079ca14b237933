import type { MatchRecognize, RowPattern } from '../tree.ts';
import { printOrder } from './call.ts';
import { concat, type Doc, enclose, group, indent, line } from './document.ts';
import { identifierText } from './names.ts';
import { list, type Printing } from './printing.ts';

/** `match_recognize (partition by … order by … measures … pattern (…) define …)` */
export function printMatchRecognize(printing: Printing, node: MatchRecognize): Doc {
  const clauses: Doc[] = [];
  const add = (...docs: readonly Doc[]): void => {
    clauses.push(clauses.length === 0 ? '' : line, ...docs);
  };
  if (node.partitionBy.length > 0) {
    const items = list(printing, node.partitionBy, (item) => printing.expression(item));
    add(group('partition by', indent(line, items)));
  }
  if (node.orderBy.length > 0) add(printOrder(printing, node.orderBy));
  if (node.measures.length > 0) {
    const measures = list(printing, node.measures, ({ semantics, expression, alias }) => {
      const name = identifierText(printing, alias, 'notLabel');
      return concat(semantics ? `${semantics} ` : '', printing.expression(expression), ` as ${name}`);
    });
    add(group('measures', indent(line, measures)));
  }
  if (node.rowsPerMatch) {
    const { rows, detail } = node.rowsPerMatch;
    add(`${rows} ${rows === 'one' ? 'row' : 'rows'} per match${detail ? ` ${detail}` : ''}`);
  }
  if (node.afterMatch) add(`after match skip ${node.afterMatch}`);
  add('pattern (', printPattern(printing, node.pattern), ')');
  if (node.subsets.length > 0) {
    const subsets = node.subsets.map(({ name, symbols }) => {
      const inner = symbols.map((symbol) => identifierText(printing, symbol)).join(', ');
      return `${identifierText(printing, name)} = (${inner})`;
    });
    add(`subset ${subsets.join(', ')}`);
  }
  if (node.define.length > 0) {
    const definitions = list(printing, node.define, ({ symbol, condition }) =>
      concat(identifierText(printing, symbol), ' as ', printing.expression(condition)),
    );
    add(group('define', indent(line, definitions)));
  }
  return concat('match_recognize ', enclose('(', concat(...clauses), ')'));
}

function printPattern(printing: Printing, pattern: RowPattern): string {
  const inner = (items: readonly RowPattern[], separator: string): string =>
    items.map((item) => printPattern(printing, item)).join(separator);
  switch (pattern.kind) {
    case 'symbol':
      return identifierText(printing, pattern.name);
    case 'anchor':
      return pattern.anchor;
    case 'sequence':
      return inner(pattern.items, ' ');
    case 'alternation':
      return inner(pattern.items, ' | ');
    case 'permute':
      return `permute(${inner(pattern.items, ', ')})`;
    case 'exclusion':
      return `{- ${printPattern(printing, pattern.item)} -}`;
    case 'group':
      return `(${printPattern(printing, pattern.item)})`;
    case 'quantified':
      return `${printPattern(printing, pattern.item)}${pattern.quantifier}`;
  }
}

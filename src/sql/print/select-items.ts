import { precedence } from '../dialect.ts';
import type { Identifier, SelectItem, Star } from '../tree.ts';
import { concat, type Doc } from './document.ts';
import { dottedText, identifierText, printName } from './names.ts';
import { list, type Printing, parenthesizedList } from './printing.ts';

/** `expression as alias` */
export function printSelectItem(printing: Printing, { expression, alias, aliasFirst }: SelectItem): Doc {
  const doc = printing.expression(expression);
  if (!alias) return doc;
  if (aliasFirst) return concat(identifierText(printing, alias, 'notColumn'), ': ', doc);
  return concat(doc, ` as ${identifierText(printing, alias, 'notLabel')}`);
}

export function printSelectItems(printing: Printing, items: readonly SelectItem[]): Doc {
  return list(printing, items, (item) => printSelectItem(printing, item));
}

/** `t.* ilike 'a%' exclude (a) replace (b as c) rename (d as e)` */
export function printStar(printing: Printing, star: Star): Doc {
  const qualifier = star.qualifier.length > 0 ? `${dottedText(printing, star.qualifier, 'notColumn')}.` : '';
  const docs: Doc[] = [`${qualifier}*`];
  if (star.like) {
    const operator = star.like.operator.toLowerCase();
    docs.push(
      `${star.like.negated ? ' not' : ''} ${operator} `,
      printing.operand(star.like.pattern, precedence.symbols),
    );
  }
  if (star.exclude.length > 0) docs.push(' exclude ', names(printing, star));
  if (star.replace.length > 0) {
    docs.push(
      ' replace ',
      parenthesizedList(printing, star.replace, (item) => printSelectItem(printing, item)),
    );
  }
  if (star.rename.length > 0) {
    const rename = parenthesizedList(printing, star.rename, ({ from, to }) =>
      concat(printName(printing, from, 'notColumn'), ` as ${identifierText(printing, to, 'notLabel')}`),
    );
    docs.push(' rename ', rename);
  }
  return concat(...docs);
}

function names(printing: Printing, { exclude }: Star): Doc {
  return parenthesizedList(printing, exclude, (name) => printName(printing, name, 'notColumn'));
}

/** `(a, b, c)` */
export function printColumnNames(printing: Printing, columns: readonly Identifier[]): Doc {
  return parenthesizedList(printing, columns, (column) => identifierText(printing, column, 'notColumn'));
}

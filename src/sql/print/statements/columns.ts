import { precedence } from '../../dialect.ts';
import type {
  ColumnAttribute,
  ColumnDefinition,
  Constraint,
  Generated,
  Identity,
  TableConstraint,
  Tag,
} from '../../statement-tree.ts';
import type { Identifier } from '../../tree.ts';
import { concat, type Doc, enclose } from '../document.ts';
import { stringText } from '../literals.ts';
import { identifierText, printName } from '../names.ts';
import { list, type Printing, parenthesizedList } from '../printing.ts';
import { printColumnNames } from '../select-items.ts';
import { printOptionRow } from './options.ts';

/** `name type not null default 1` */
export function printColumnDefinition(printing: Printing, { name, type, attributes }: ColumnDefinition): Doc {
  const docs: Doc[] = [identifierText(printing, name, 'notColumn')];
  if (type) docs.push(' ', printing.type(type));
  for (const attribute of attributes) docs.push(' ', printAttribute(printing, attribute));
  return concat(...docs);
}

function printAttribute(printing: Printing, attribute: ColumnAttribute): Doc {
  switch (attribute.kind) {
    case 'nullability':
      return attribute.nullable ? 'null' : 'not null';
    case 'default':
      return concat('default ', printing.operand(attribute.value, precedence.symbols));
    case 'identity':
      return printIdentity(printing, attribute);
    case 'generated':
      return printGenerated(printing, attribute);
    case 'collation': {
      const { collation } = attribute;
      const isText = collation.kind === 'string';
      return concat('collate ', isText ? stringText(collation, printing.dialect) : printName(printing, collation));
    }
    case 'comment':
      return `comment ${attribute.sign === '' ? '' : '= '}${stringText(attribute.text, printing.dialect)}`;
    case 'column-policy': {
      const using = attribute.using.length > 0 ? printUsing(printing, attribute.using) : '';
      const words = `${attribute.with ? 'with ' : ''}${attribute.policy} policy `;
      return concat(words, printName(printing, attribute.name), using);
    }
    case 'tags':
      return concat(attribute.with ? 'with tag ' : 'tag ', enclose('(', printTags(printing, attribute.tags), ')'));
    case 'constraint':
      return printConstraint(printing, attribute);
  }
}

export function printUsing(printing: Printing, columns: readonly Identifier[]): Doc {
  return concat(' using ', printColumnNames(printing, columns));
}

/** `a.b = 'v', c = 'w'` */
export function printTags(printing: Printing, tags: readonly Tag[]): Doc {
  return list(printing, tags, ({ name, value }) =>
    concat(printName(printing, name), ' = ', stringText(value, printing.dialect)),
  );
}

function printIdentity(printing: Printing, { word, pair, options }: Identity): Doc {
  const docs: Doc[] = [word];
  if (pair) docs.push(' (', printing.expression(pair[0]), ', ', printing.expression(pair[1]), ')');
  if (options.length > 0) docs.push(' ', printOptionRow(printing, options, false));
  return concat(...docs);
}

function printGenerated(printing: Printing, { words, expression, identity, storage }: Generated): Doc {
  const head = words === '' ? 'as' : `${words} as`;
  if (identity) {
    return concat(
      `${head} identity`,
      identity.length > 0 ? concat(' (', printOptionRow(printing, identity, false), ')') : '',
    );
  }
  const inner = expression ? enclose('(', printing.expression(expression), ')') : '()';
  return concat(`${head} `, inner, storage ? ` ${storage}` : '');
}

export function printTableConstraint(printing: Printing, { constraint, comment }: TableConstraint): Doc {
  const ending = comment ? ` comment ${stringText(comment, printing.dialect)}` : '';
  return concat(printConstraint(printing, constraint), ending);
}

function printConstraint(printing: Printing, constraint: Constraint): Doc {
  const { name, type, columns, references, condition, properties } = constraint;
  const docs: Doc[] = [name ? `constraint ${identifierText(printing, name, 'notColumn')} ` : '', type];
  if (columns.length > 0) docs.push(' ', printColumnNames(printing, columns));
  if (condition) docs.push(' ', enclose('(', printing.expression(condition), ')'));
  if (references) {
    docs.push(type === 'references' ? ' ' : ' references ', printName(printing, references.table));
    if (references.columns.length > 0) docs.push(' ', printColumnNames(printing, references.columns));
  }
  return concat(...docs, ...properties.map((property) => ` ${property}`));
}

/** `(a int, b varchar)` */
export function printColumnDefinitions(printing: Printing, columns: readonly ColumnDefinition[], end = -1): Doc {
  return parenthesizedList(printing, columns, (column) => printColumnDefinition(printing, column), end);
}

import type { Copy, CopyInto, StageLocation, Transfer } from '../../statement-tree.ts';
import type { Name, Query, StringLiteral } from '../../tree.ts';
import { concat, type Doc, group, line } from '../document.ts';
import { stringText } from '../literals.ts';
import { identifierText, printName } from '../names.ts';
import type { Printing } from '../printing.ts';
import { printColumnNames } from '../select-items.ts';
import { printOptionGroup, printOptions } from './options.ts';

type Location = Name | StageLocation | StringLiteral;

export function printCopyInto(printing: Printing, copy: CopyInto): Doc {
  const docs: Doc[] = ['copy into ', printLocation(printing, copy.into)];
  if (copy.columns.length > 0) docs.push(' ', printColumnNames(printing, copy.columns));
  if (copy.from) {
    docs.push(
      line,
      'from ',
      printSource(printing, copy.from, copy.fromAlias?.start ?? copy.options[0]?.start ?? copy.end),
    );
    if (copy.fromAlias) docs.push(` as ${identifierText(printing, copy.fromAlias, 'notTable')}`);
  }
  return group(...docs, printOptions(printing, copy.options));
}

/** `end` is where what follows begins: comments before it are inside the parentheses of a query. */
function printSource(printing: Printing, source: Location | Query, end: number): Doc {
  return source.kind === 'query' ? printing.nested(source, end) : printLocation(printing, source);
}

function printLocation(printing: Printing, location: Location): Doc {
  if (location.kind === 'name') return printName(printing, location);
  return location.kind === 'string' ? stringText(location, printing.dialect) : location.location;
}

export function printCopy(printing: Printing, copy: Copy): Doc {
  const { subject, columns, direction, file, options } = copy;
  const docs: Doc[] = ['copy '];
  if ('database' in subject) docs.push('from database ', printName(printing, subject.database));
  else docs.push(subject.kind === 'query' ? printing.nested(subject, file.start) : printName(printing, subject));
  if (columns.length > 0) docs.push(' ', printColumnNames(printing, columns));
  docs.push(line, `${direction} `, file.kind === 'name' ? printName(printing, file) : printing.expression(file));
  if (options) docs.push(copy.with ? ' with ' : ' ', printOptionGroup(printing, options));
  return group(...docs);
}

export function printTransfer(printing: Printing, { verb, locations, options }: Transfer): Doc {
  const places = locations.map((location) => concat(' ', printLocation(printing, location)));
  return group(verb, ...places, printOptions(printing, options));
}

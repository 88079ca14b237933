import type { Pivot, PivotColumn, PivotQuery, SelectItem, Unpivot, UnpivotColumn } from '../tree.ts';
import { printOrder } from './call.ts';
import { concat, type Doc, enclose, group, indent, line } from './document.ts';
import { identifierText, printName } from './names.ts';
import { list, type Printing, parenthesizedList } from './printing.ts';
import { printColumnNames, printSelectItem, printSelectItems } from './select-items.ts';

/** `pivot (sum(a) for b in (…))`, `unpivot (a for b in (…))`, behind a table. */
export function printPivot(printing: Printing, pivot: Pivot | Unpivot): Doc {
  return pivot.kind === 'pivot' ? printPivotClause(printing, pivot) : printUnpivotClause(printing, pivot);
}

function printPivotClause(printing: Printing, { aggregates, on, defaultOnNull, groupBy }: Pivot): Doc {
  const docs: Doc[] = [printSelectItems(printing, aggregates), line, 'for '];
  for (const [index, column] of on.entries()) docs.push(index === 0 ? '' : line, printPivotColumn(printing, column));
  if (defaultOnNull) docs.push(line, 'default on null (', printing.expression(defaultOnNull), ')');
  if (groupBy.length > 0) {
    docs.push(
      line,
      'group by ',
      list(printing, groupBy, (item) => printing.expression(item)),
    );
  }
  return concat('pivot ', enclose('(', concat(...docs), ')'));
}

function printPivotColumn(printing: Printing, { column, values, enumType }: PivotColumn): Doc {
  const head = printing.expression(column);
  if (enumType) return concat(head, ' in ', printName(printing, enumType));
  if (values === undefined) return head;
  if ('any' in values) {
    const order = values.orderBy.length > 0 ? concat(' ', printOrder(printing, values.orderBy)) : '';
    return concat(head, ' in (any', order, ')');
  }
  if ('kind' in values) return concat(head, ' in ', printing.nested(values, values.end));
  return concat(
    head,
    ' in ',
    parenthesizedList(printing, values, (item: SelectItem) => printSelectItem(printing, item)),
  );
}

function printUnpivotClause(printing: Printing, unpivot: Unpivot): Doc {
  const [single] = unpivot.values;
  const values =
    unpivot.values.length === 1 && single
      ? identifierText(printing, single, 'notColumn')
      : printColumnNames(printing, unpivot.values);
  const name = identifierText(printing, unpivot.nameColumn, 'notColumn');
  const inner = concat(values, line, `for ${name} in `, printUnpivotColumns(printing, unpivot));
  return concat('unpivot', printNulls(unpivot), ' ', enclose('(', inner, ')'));
}

function printNulls({ includeNulls }: Unpivot): string {
  if (includeNulls === undefined) return '';
  return includeNulls ? ' include nulls' : ' exclude nulls';
}

function printUnpivotColumns(printing: Printing, { columns }: Unpivot): Doc {
  return parenthesizedList(printing, columns, (column) => printUnpivotColumn(printing, column));
}

function printUnpivotColumn(printing: Printing, { columns, alias }: UnpivotColumn): Doc {
  const [single] = columns;
  const doc =
    columns.length === 1 && single
      ? printing.expression(single)
      : parenthesizedList(printing, columns, (column) => printing.expression(column));
  if (!alias) return doc;
  const name = alias.kind === 'identifier' ? identifierText(printing, alias, 'notLabel') : printing.expression(alias);
  return concat(doc, ' as ', name);
}

/** `pivot t on a in (…) using sum(b) group by c`, `unpivot t on a, b into name n value v` */
export function printPivotQuery(printing: Printing, { table, pivot }: PivotQuery): Doc {
  const docs: Doc[] = [`${pivot.kind} `, printing.table(table)];
  if (pivot.kind === 'pivot') {
    if (pivot.on.length > 0) {
      docs.push(
        line,
        group(
          'on',
          indent(
            line,
            list(printing, pivot.on, (on) => printPivotColumn(printing, on)),
          ),
        ),
      );
    }
    if (pivot.aggregates.length > 0) {
      docs.push(line, group('using', indent(line, printSelectItems(printing, pivot.aggregates))));
    }
    if (pivot.groupBy.length > 0) {
      const items = list(printing, pivot.groupBy, (item) => printing.expression(item));
      docs.push(line, group('group by', indent(line, items)));
    }
    return concat(...docs);
  }
  const columns = list(printing, pivot.columns, (column) => printUnpivotColumn(printing, column));
  const name = identifierText(printing, pivot.nameColumn, 'notColumn');
  const values = pivot.values.map((value) => identifierText(printing, value, 'notColumn')).join(', ');
  docs.push(printNulls(pivot), line, group('on', indent(line, columns)), line, `into name ${name} value ${values}`);
  return concat(...docs);
}

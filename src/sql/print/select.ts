import type { GroupBy, GroupItem, NamedWindow, Select, TableExpression } from '../tree.ts';
import { printWindow } from './call.ts';
import { concat, type Doc, group, indent, line } from './document.ts';
import { identifierText } from './names.ts';
import { lineBefore, list, type Printing, parenthesizedList } from './printing.ts';
import { printSample } from './sample.ts';
import { printSelectItems } from './select-items.ts';

/** The clauses of a SELECT, a line each where the query around it breaks. */
export function printSelect(printing: Printing, select: Select): Doc {
  const { from, items } = select;
  const clauses: Doc[] = [];
  const add = (start: number | undefined, print: () => Doc): void => {
    if (clauses.length > 0) clauses.push(start === undefined ? line : lineBefore(printing, start));
    clauses.push(print());
  };
  const addFrom = (): void => {
    if (from.length > 0) add(from[0]!.start, () => printFrom(printing, from));
  };
  if (select.fromFirst) addFrom();
  if (items.length > 0) add(select.fromFirst ? items[0]!.start : undefined, () => printItems(printing, select));
  if (!select.fromFirst) addFrom();
  const { where, connectBy, groupBy, having, windows, qualify, sample } = select;
  if (where) add(where.start, () => clause('where', printing.condition(where)));
  if (connectBy) {
    const { startWith, noCycle, condition } = connectBy;
    if (startWith) add(startWith.start, () => clause('start with', printing.condition(startWith)));
    const words = noCycle ? 'connect by nocycle' : 'connect by';
    add(condition.start, () => clause(words, printing.condition(condition)));
  }
  if (groupBy) add(groupBy.items[0]?.start, () => printGroupBy(printing, groupBy));
  if (having) add(having.start, () => clause('having', printing.condition(having)));
  if (windows.length > 0) add(windows[0]!.start, () => printWindows(printing, windows));
  if (qualify) add(qualify.start, () => clause('qualify', printing.condition(qualify)));
  if (sample) add(sample.start, () => printSample(printing, sample));
  return concat(...clauses);
}

function clause(word: string, content: Doc): Doc {
  return group(word, indent(line, content));
}

function printItems(printing: Printing, select: Select): Doc {
  const { distinct, top, items } = select;
  const words: Doc[] = ['select'];
  if (typeof distinct === 'string') words.push(` ${distinct}`);
  else if (distinct) {
    words.push(
      ' distinct on ',
      parenthesizedList(printing, distinct.on, (item) => printing.expression(item)),
    );
  }
  if (top) words.push(' top ', printing.expression(top));
  return group(...words, printing.comments.atLineEnd(items[0]!.start), indent(line, printSelectItems(printing, items)));
}

/** Joins stand on lines of their own, with the clauses. */
function printFrom(printing: Printing, from: readonly TableExpression[]): Doc {
  const [only] = from;
  if (from.length === 1 && only) return concat('from ', printing.table(only));
  return group(
    'from',
    indent(
      line,
      list(printing, from, (table) => printing.table(table)),
    ),
  );
}

function printGroupBy(printing: Printing, { all, items }: GroupBy): Doc {
  if (all) return 'group by all';
  return group(
    'group by',
    indent(
      line,
      list(printing, items, (item) => printGroupItem(printing, item)),
    ),
  );
}

function printGroupItem(printing: Printing, item: GroupItem): Doc {
  if (item.kind !== 'grouping') return printing.expression(item);
  const sets = parenthesizedList(printing, item.sets, (set) => printGroupItem(printing, set));
  return concat(item.type, ' ', sets);
}

function printWindows(printing: Printing, windows: readonly NamedWindow[]): Doc {
  const docs = list(printing, windows, ({ name, window }) =>
    concat(identifierText(printing, name, 'notColumn'), ' as ', printWindow(printing, window)),
  );
  return group('window', indent(line, docs));
}

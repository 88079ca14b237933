import type {
  Assignment,
  Delete,
  Insert,
  InsertMultiple,
  InsertTarget,
  Merge,
  MergeAction,
  MergeBranch,
  OnConflict,
  Update,
} from '../../statement-tree.ts';
import type { Column, Expression, SelectItem, TableExpression, With } from '../../tree.ts';
import { concat, type Doc, group, hardLine, indent, line } from '../document.ts';
import { dottedText, identifierText, printName } from '../names.ts';
import { lineBefore, list, type Printing, parenthesizedList } from '../printing.ts';
import { printWith } from '../query.ts';
import { printColumnNames, printSelectItems } from '../select-items.ts';

function printCommon(printing: Printing, common: With | undefined): Doc {
  return common ? concat(printWith(printing, common), hardLine) : '';
}

/** A clause on a line of its own, with the comments before it; nothing where it is missing. */
function clause(printing: Printing, word: string, node: Expression | undefined): Doc {
  if (!node) return '';
  return concat(lineBefore(printing, node.start), group(word, indent(line, printing.condition(node))));
}

function printReturning(printing: Printing, items: readonly SelectItem[]): Doc {
  return items.length > 0 ? concat(line, 'returning ', printSelectItems(printing, items)) : '';
}

export function printInsert(printing: Printing, insert: Insert): Doc {
  const { table, alias, columns, by, source, onConflict } = insert;
  const words = ['insert', insert.overwrite ? 'overwrite' : '', insert.or ? `or ${insert.or}` : '', insert.words];
  const docs: Doc[] = [printCommon(printing, insert.with), words.filter((word) => word !== '').join(' '), ' '];
  docs.push(printing.comments.before(table.start), printName(printing, table));
  if (alias) docs.push(` as ${identifierText(printing, alias, 'notTable')}`);
  if (columns.length > 0) docs.push(' ', printColumnNames(printing, columns));
  if (by) docs.push(` by ${by}`);
  docs.push(line, source === 'default values' ? source : printing.query(source));
  if (onConflict) docs.push(line, printOnConflict(printing, onConflict));
  return group(...docs, printReturning(printing, insert.returning));
}

function printOnConflict(printing: Printing, { columns, columnsWhere, set, where }: OnConflict): Doc {
  const docs: Doc[] = ['on conflict'];
  if (columns.length > 0)
    docs.push(
      ' ',
      parenthesizedList(printing, columns, (column) => printing.expression(column)),
    );
  if (columnsWhere) docs.push(' where ', printing.expression(columnsWhere));
  if (!set) return concat(...docs, ' do nothing');
  docs.push(' do update', indent(line, printSet(printing, set)));
  if (where) docs.push(line, 'where ', printing.expression(where));
  return group(...docs);
}

function printSet(printing: Printing, assignments: readonly Assignment[]): Doc {
  return group(
    'set',
    indent(
      line,
      list(printing, assignments, (assignment) => printAssignment(printing, assignment)),
    ),
  );
}

function printAssignment(printing: Printing, { target, value }: Assignment): Doc {
  const isSingle = 'kind' in target;
  const left = isSingle
    ? columnText(printing, target)
    : parenthesizedList(printing, target, (item) => columnText(printing, item));
  return concat(left, ' = ', printing.expression(value));
}

function columnText(printing: Printing, { parts }: Column): string {
  return dottedText(printing, parts, 'notColumn');
}

export function printInsertMultiple(printing: Printing, insert: InsertMultiple): Doc {
  const docs: Doc[] = [`insert ${insert.overwrite ? 'overwrite ' : ''}${insert.mode}`];
  for (const { when, into } of insert.branches) {
    if (when) docs.push(hardLine, 'when ', printing.expression(when), ' then');
    docs.push(indent(...into.map((target) => printTarget(printing, target))));
  }
  if (insert.otherwise) {
    docs.push(hardLine, 'else', indent(...insert.otherwise.map((target) => printTarget(printing, target))));
  }
  return concat(...docs, hardLine, printing.query(insert.source));
}

function printTarget(printing: Printing, { table, columns, values }: InsertTarget): Doc {
  const docs: Doc[] = ['into ', printName(printing, table)];
  if (columns.length > 0) docs.push(' ', printColumnNames(printing, columns));
  if (values)
    docs.push(
      ' values ',
      parenthesizedList(printing, values, (value) => printing.expression(value)),
    );
  return concat(hardLine, ...docs);
}

function printTables(printing: Printing, word: string, tables: readonly TableExpression[]): Doc {
  if (tables.length === 0) return '';
  const docs = list(printing, tables, (table) => printing.table(table));
  return concat(line, tables.length === 1 ? concat(`${word} `, docs) : group(word, indent(line, docs)));
}

export function printUpdate(printing: Printing, update: Update): Doc {
  const docs: Doc[] = [printCommon(printing, update.with), 'update ', printing.comments.before(update.table.start)];
  docs.push(printing.table(update.table));
  if (update.fromFirst) docs.push(printTables(printing, 'from', update.from));
  docs.push(lineBefore(printing, update.set[0]?.start ?? -1), printSet(printing, update.set));
  if (!update.fromFirst) docs.push(printTables(printing, 'from', update.from));
  return group(...docs, clause(printing, 'where', update.where), printReturning(printing, update.returning));
}

export function printDelete(printing: Printing, remove: Delete): Doc {
  const head = concat(printCommon(printing, remove.with), 'delete from ', printing.comments.before(remove.table.start));
  const docs: Doc[] = [head, printing.table(remove.table), printTables(printing, 'using', remove.using)];
  return group(...docs, clause(printing, 'where', remove.where), printReturning(printing, remove.returning));
}

export function printMerge(printing: Printing, merge: Merge): Doc {
  const { into, source, on, using, branches } = merge;
  const docs: Doc[] = [printCommon(printing, merge.with), 'merge into ', printing.comments.before(into.start)];
  docs.push(printing.table(into), hardLine, 'using ', printing.comments.before(source.start), printing.table(source));
  if (on) docs.push(lineBefore(printing, on.start, hardLine), group('on', indent(line, printing.condition(on))));
  if (using) docs.push(hardLine, 'using ', printColumnNames(printing, using));
  for (const branch of branches) docs.push(lineBefore(printing, branch.start, hardLine), printBranch(printing, branch));
  return group(...docs, printReturning(printing, merge.returning));
}

function printBranch(printing: Printing, { matched, by, condition, action }: MergeBranch): Doc {
  const docs: Doc[] = [matched ? 'when matched' : 'when not matched'];
  if (by) docs.push(` by ${by}`);
  if (condition) docs.push(' and ', printing.expression(condition));
  return group(...docs, ' then', indent(line, printAction(printing, action)));
}

function printAction(printing: Printing, action: MergeAction): Doc {
  switch (action.kind) {
    case 'update':
      if (action.byName) return 'update by name';
      if (action.set === undefined) return 'update';
      return action.set === '*' ? 'update set *' : concat('update ', printSet(printing, action.set));
    case 'delete':
      return 'delete';
    case 'insert':
      return printMergeInsert(printing, action);
    case 'nothing':
      return 'do nothing';
    case 'error':
      return concat('error', action.message ? concat(' ', printing.expression(action.message)) : '');
  }
}

function printMergeInsert(printing: Printing, action: MergeAction & { readonly kind: 'insert' }): Doc {
  const { columns, values, by } = action;
  const docs: Doc[] = [by === '' ? 'insert' : `insert ${by}`];
  if (columns.length > 0)
    docs.push(
      ' ',
      parenthesizedList(printing, columns, (column) => columnText(printing, column)),
    );
  if (typeof values === 'string') docs.push(` ${values}`);
  else if (values)
    docs.push(
      line,
      'values ',
      parenthesizedList(printing, values, (value) => printing.expression(value)),
    );
  return group(...docs);
}

import type {
  CommonTable,
  Identifier,
  Query,
  QueryBody,
  SelectItem,
  SetArm,
  SetOperation,
  Values,
  With,
} from '../tree.ts';
import { printOrder } from './call.ts';
import { concat, type Doc, enclose, group, hardLine, indent, join, line, sequence } from './document.ts';
import { identifierText, printName } from './names.ts';
import { printPivotQuery } from './pivot.ts';
import { lineBefore, list, type Printing, parenthesizedList } from './printing.ts';
import { printSelect } from './select.ts';
import { printColumnNames, printSelectItem } from './select-items.ts';

/** A query on one line if it is short, else a clause a line; a WITH always has lines of its own. */
export function printQuery(printing: Printing, query: Query): Doc {
  const { comments } = printing;
  const docs: Doc[] = [];
  if (query.with) docs.push(printWith(printing, query.with), hardLine);
  docs.push(comments.before(query.body.start), printBody(printing, query.body));
  for (const { start, print } of endClauses(printing, query)) docs.push(lineBefore(printing, start), print());
  return group(...docs);
}

interface EndClause {
  readonly start: number;
  readonly print: () => Doc;
}

/** The clauses behind the body, to be printed one after the other, so that comments keep their order. */
function endClauses(printing: Printing, query: Query): EndClause[] {
  const { orderBy, orderByAll, limit, offset, fetch, lock } = query;
  const clauses: EndClause[] = [];
  const [first] = orderBy;
  if (first) clauses.push({ start: first.start, print: () => printOrder(printing, orderBy) });
  if (orderByAll) {
    const { direction, nulls } = orderByAll;
    const words = `order by all${direction ? ` ${direction}` : ''}${nulls ? ` nulls ${nulls}` : ''}`;
    clauses.push({ start: -1, print: () => words });
  }
  if (limit && !fetch) {
    const percent = query.limitPercent ? '%' : '';
    clauses.push({ start: limit.start, print: () => concat('limit ', printing.expression(limit), percent) });
  }
  if (offset) {
    const print = (): Doc => concat('offset ', printing.expression(offset), fetch ? ' rows' : '');
    clauses.push({ start: offset.start, print });
  }
  if (limit && fetch) {
    clauses.push({ start: limit.start, print: () => concat('fetch first ', printing.expression(limit), ' rows only') });
  }
  if (lock) clauses.push({ start: -1, print: () => lock });
  return clauses;
}

/** `with a as (…), b as (…)` */
export function printWith(printing: Printing, { recursive, tables, end }: With): Doc {
  const docs = list(printing, tables, (table) => printCommonTable(printing, table));
  const word = recursive ? 'with recursive' : 'with';
  return group(word, indent(tables.length > 1 ? hardLine : line, docs), printing.comments.inside(end));
}

function printCommonTable(printing: Printing, table: CommonTable): Doc {
  const name = identifierText(printing, table.name, 'notTable');
  const columns = table.columns.length > 0 ? concat(' ', printColumnNames(printing, table.columns)) : '';
  const key = table.usingKey ? concat(' using key ', printKey(printing, table.usingKey, table.usingKeyAggregates)) : '';
  const words =
    table.materialized === undefined ? ' as ' : table.materialized ? ' as materialized ' : ' as not materialized ';
  return concat(name, columns, key, words, printing.nested(table.query, table.end));
}

/** `(a, max(b))`: columns, then what is aggregated for each key. */
function printKey(printing: Printing, columns: readonly Identifier[], aggregates: readonly SelectItem[] = []): Doc {
  if (aggregates.length === 0) return printColumnNames(printing, columns);
  const names = columns.map((column) => identifierText(printing, column));
  const docs = aggregates.map((item) => printSelectItem(printing, item));
  const separated = [...names, ...docs].flatMap((doc, index) => (index === 0 ? [doc] : [', ', doc]));
  return concat('(', ...separated, ')');
}

function printBody(printing: Printing, body: QueryBody): Doc {
  switch (body.kind) {
    case 'select':
      return printSelect(printing, body);
    case 'set-operation':
      return printSetOperation(printing, body);
    case 'values':
      return printValues(printing, body);
    case 'nested-query':
      return printing.nested(body.query, body.end);
    case 'table-query':
      return concat('table ', printName(printing, body.name));
    case 'pivot-query':
      return printPivotQuery(printing, body);
    case 'show-query': {
      const { subject } = body;
      if (!subject) return body.verb;
      return concat(body.verb, ' ', subject.kind === 'query' ? printing.query(subject) : printName(printing, subject));
    }
    case 'bad-query':
      return '';
  }
}

/** Arms that bind as their parents do stand flat; a set operation inside another is put in parentheses if it must be. */
function printSetOperation(printing: Printing, { first, rest }: SetOperation): Doc {
  const docs: Doc[] = [printArm(printing, first, rest[0], true)];
  for (const arm of rest) {
    docs.push(lineBefore(printing, arm.start), wordsOf(arm), lineBefore(printing, arm.body.start));
    docs.push(printArm(printing, arm.body, arm, false));
  }
  return sequence(docs);
}

function wordsOf({ operator, quantifier, byName }: SetArm): string {
  return `${operator}${quantifier ? ` ${quantifier}` : ''}${byName ? ' by name' : ''}`;
}

function printArm(printing: Printing, body: QueryBody, arm: SetArm | undefined, isFirst: boolean): Doc {
  if (body.kind !== 'set-operation' || bindsTighter(body, arm, isFirst)) return printBody(printing, body);
  return enclose('(', printBody(printing, body), ')');
}

/** Whether a set operation inside another means the same without parentheses. */
function bindsTighter(inner: SetOperation, outer: SetArm | undefined, isFirst: boolean): boolean {
  const intersects = inner.rest.every((arm) => arm.operator === 'intersect');
  if (outer?.operator === 'intersect') return isFirst && intersects;
  return isFirst || intersects;
}

function printValues(printing: Printing, { rows }: Values): Doc {
  const docs = rows.map((row) => parenthesizedList(printing, row, (value) => printing.expression(value)));
  return group('values', indent(line, join(concat(',', line), docs)));
}

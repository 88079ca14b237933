import type {
  DerivedTable,
  Join,
  JoinType,
  SemanticView,
  StageTable,
  Table,
  TableAlias,
  TableExpression,
  TableFunction,
  TimeTravel,
} from '../tree.ts';
import { printArgument } from './call.ts';
import { concat, type Doc, enclose, group, indent, line } from './document.ts';
import { stringText } from './literals.ts';
import { printMatchRecognize } from './match.ts';
import { identifierText, printName } from './names.ts';
import { printPivot } from './pivot.ts';
import { lineBefore, list, type Printing, parenthesizedList } from './printing.ts';
import { printSample } from './sample.ts';
import { printColumnNames, printSelectItems } from './select-items.ts';

/** A table of FROM. Each join begins a line if what is around it breaks. */
export function printTable(printing: Printing, node: TableExpression): Doc {
  const joins: Join[] = [];
  let first = node;
  while (first.kind === 'join') {
    joins.push(first);
    first = first.left;
  }
  const docs: Doc[] = [printSingle(printing, first)];
  for (const join of joins.reverse()) {
    docs.push(lineBefore(printing, join.right.start), printJoin(printing, join));
  }
  return concat(...docs);
}

function printSingle(printing: Printing, node: TableExpression): Doc {
  switch (node.kind) {
    case 'table':
      return printNamed(printing, node);
    case 'derived-table':
      return printDerived(printing, node);
    case 'table-function':
      return printFunction(printing, node);
    case 'stage-table':
      return printStage(printing, node);
    case 'nested-table': {
      const inner = enclose('(', concat(printing.table(node.table), printing.comments.inside(node.end)), ')');
      return finish(printing, node, inner);
    }
    case 'pivoted-table':
      return finish(printing, node, concat(printing.table(node.table), ' ', printPivot(printing, node.pivot)));
    case 'match-recognize':
      return finish(printing, node, concat(printing.table(node.table), ' ', printMatchRecognize(printing, node)));
    case 'semantic-view':
      return finish(printing, node, printSemanticView(printing, node));
    case 'join':
      return printing.table(node);
    case 'bad-table':
      return '';
  }
}

/** `semantic_view(v metrics a.b dimensions c where …)` */
function printSemanticView(printing: Printing, { name, clauses, where }: SemanticView): Doc {
  const docs: Doc[] = [printName(printing, name)];
  for (const { type, items } of clauses) {
    docs.push(line, group(type, indent(line, printSelectItems(printing, items))));
  }
  if (where) docs.push(line, 'where ', printing.expression(where));
  return concat('semantic_view', enclose('(', concat(...docs), ')'));
}

/** Puts LATERAL before, alias and sample behind. */
function finish(
  printing: Printing,
  {
    alias,
    lateral,
    sample,
  }: { readonly alias?: TableAlias; readonly lateral?: boolean; readonly sample?: Table['sample'] },
  doc: Doc,
  behindAlias: Doc = '',
): Doc {
  const docs: Doc[] = [];
  if (alias?.aliasFirst && alias.name) docs.push(`${identifierText(printing, alias.name, 'notTable')}: `);
  if (lateral) docs.push('lateral ');
  docs.push(doc);
  if (alias && !alias.aliasFirst) docs.push(printAlias(printing, alias));
  docs.push(behindAlias);
  if (sample) docs.push(' ', printSample(printing, sample));
  return concat(...docs);
}

/** `as t (a, b)` */
function printAlias(printing: Printing, { name, columns, types }: TableAlias): Doc {
  const rule = printing.dialect.syntax.aliasFirst ? 'notTable' : 'notLabel';
  const docs: Doc[] = [name ? ` as ${identifierText(printing, name, rule)}` : ' as'];
  if (types && types.length > 0) {
    const typed = columns.map((column, index) => ({ start: column.start, column, type: types[index] }));
    const print = (item: (typeof typed)[number]): Doc =>
      concat(
        identifierText(printing, item.column, 'notColumn'),
        item.type ? concat(' ', printing.type(item.type)) : '',
      );
    docs.push(parenthesizedList(printing, typed, print));
  } else if (columns.length > 0) docs.push(' ', printColumnNames(printing, columns));
  return concat(...docs);
}

function printNamed(printing: Printing, table: Table): Doc {
  const docs: Doc[] = [table.only ? 'only ' : ''];
  if (table.file) docs.push(stringText(table.file, printing.dialect));
  else if (table.parameter) docs.push(printing.expression(table.parameter));
  else docs.push(printName(printing, table.name));
  if (table.changes) {
    const { information, from, to } = table.changes;
    docs.push(` changes (information => ${information.toLowerCase()})`, printTravel(printing, from));
    if (to) docs.push(printTravel(printing, to));
  }
  const travel = table.travel ? printTravel(printing, table.travel) : '';
  const isLate = printing.dialect.syntax.travelBehindAlias;
  if (!isLate) docs.push(travel);
  if (table.withOrdinality) docs.push(' with ordinality');
  return finish(printing, table, concat(...docs), isLate ? travel : '');
}

/** ` at (timestamp => x)`, with the blank before it. */
export function printTravel(printing: Printing, { when, by, value }: TimeTravel): Doc {
  return concat(` ${when} (${by} => `, printing.expression(value), ')');
}

function printDerived(printing: Printing, table: DerivedTable): Doc {
  const query = table.bare
    ? printing.query(table.query)
    : printing.nested(table.query, table.alias?.start ?? table.sample?.start ?? table.end);
  return finish(printing, table, query);
}

function printFunction(printing: Printing, node: TableFunction): Doc {
  const call = printing.expression(node.call);
  const docs: Doc[] = [node.wrapped ? concat('table', enclose('(', call, ')')) : call];
  if (node.withOrdinality) docs.push(' with ordinality');
  if (node.withOffset) docs.push(` with offset as ${identifierText(printing, node.withOffset)}`);
  return finish(printing, node, concat(...docs));
}

function printStage(printing: Printing, stage: StageTable): Doc {
  const { location, quoted, options } = stage;
  const place = quoted
    ? stringText({ kind: 'string', value: location, quoting: 'single', start: -1, end: -1 }, printing.dialect)
    : location;
  if (options.length === 0) return finish(printing, stage, place);
  const docs = list(printing, options, (option) => printArgument(printing, option));
  return finish(printing, stage, concat(place, ' ', enclose('(', docs, ')')));
}

function printJoin(printing: Printing, join: Join): Doc {
  const nests = join.right.kind === 'join' && !standsOpen(join, join.right);
  const right = nests ? enclose('(', printing.table(join.right), ')') : printing.table(join.right);
  const head = concat(joinWords(join), ' ', right);
  const docs: Doc[] = [];
  if (join.matchCondition) docs.push(line, 'match_condition (', printing.expression(join.matchCondition), ')');
  if (join.on) docs.push(lineBefore(printing, join.on.start), 'on ', printing.expression(join.on));
  if (join.using) docs.push(line, 'using ', printColumnNames(printing, join.using));
  return docs.length === 0 ? head : group(head, indent(...docs));
}

/** Whether a join inside the right of another needs no parentheses: `a join b join c on … on …`. */
function standsOpen(outer: Join, inner: Join): boolean {
  const hasCondition = (join: Join): boolean => join.on !== undefined || join.using !== undefined;
  if (!hasCondition(outer) || !hasCondition(inner)) return false;
  return inner.left.kind !== 'join' || standsOpen(outer, inner.left);
}

/** As written, unless the tree was changed since. */
function joinWords({ words, type, natural, asof, directed }: Join): string {
  const simple = words.replace(/\b(?:outer|inner|directed) |\b(?:left|right) (?=semi|anti)/g, '');
  const plain = `${natural ? 'natural ' : ''}${asof ? 'asof ' : ''}${sideOf(type)}join`;
  if (simple === plain) return words;
  return directed ? plain.replace(/join$/, 'directed join') : plain;
}

function sideOf(type: JoinType): string {
  return type === 'inner' ? '' : `${type} `;
}

import type { Clone, ColumnDefinition, CreateTable, LikeElement, TableElement } from '../../statement-tree.ts';
import type { Query, TimeTravel } from '../../tree.ts';
import type { Cursor } from '../cursor.ts';
import { parseName } from '../names.ts';
import { parseTravel } from '../travel.ts';
import { parseColumnDefinition } from './columns.ts';
import { parseTableConstraint, startsTableConstraint } from './constraints.ts';
import type { CreateHead } from './create-head.ts';
import { acceptOption, parseOptions } from './options.ts';
import { acceptPhrase, parseParenthesized, takeWord, wordAt } from './words.ts';

type Draft = {
  -readonly [Key in 'elements' | 'like' | 'clone' | 'template' | 'query' | 'withData']?: CreateTable[Key];
};

/** What stands behind the name of a table: its parts come in almost any order. */
export function parseCreateTable(cursor: Cursor, head: CreateHead): CreateTable {
  const draft: Draft = {};
  const options: CreateTable['options'][number][] = [];
  while (!cursor.atEnd) {
    if (cursor.is('(') && draft.elements === undefined) draft.elements = parseElements(cursor);
    else if (cursor.is('like') && draft.like === undefined) draft.like = parseLike(cursor);
    else if (cursor.is('clone') && draft.clone === undefined) draft.clone = parseClone(cursor);
    else if (acceptPhrase(cursor, 'using template')) draft.template = parseTemplate(cursor);
    else if (cursor.is('as')) return finish(cursor, head, draft, options, true);
    else {
      const option = acceptOption(cursor);
      if (option === undefined) break;
      options.push(option);
      cursor.accept(',');
    }
  }
  return finish(cursor, head, draft, options, false);
}

function finish(
  cursor: Cursor,
  head: CreateHead,
  draft: Draft,
  options: CreateTable['options'],
  hasQuery: boolean,
): CreateTable {
  if (hasQuery) {
    cursor.advance();
    draft.query = cursor.grammar.query(cursor);
    if (acceptPhrase(cursor, 'with no data')) draft.withData = false;
    else if (acceptPhrase(cursor, 'with data')) draft.withData = true;
  } else checkTypes(cursor, draft.elements ?? []);
  const { start, ...rest } = head;
  return { kind: 'create-table', ...rest, ...draft, options, comments: [], start, end: cursor.previousEnd };
}

/** Without a query that says it, each column has to have its type. */
function checkTypes(cursor: Cursor, elements: readonly TableElement[]): void {
  for (const element of elements) {
    if (element.kind !== 'column-definition' || element.type !== undefined || cursor.failed) continue;
    const { start, end, text } = element.name;
    if (text !== '' && !isGenerated(element)) {
      cursor.report('sql/expected', `Expected a type behind the column ${text}`, start, end);
    }
  }
}

function isGenerated({ attributes }: ColumnDefinition): boolean {
  return attributes.some(({ kind }) => kind === 'generated');
}

function parseElements(cursor: Cursor): TableElement[] {
  return parseParenthesized(cursor, (at) => {
    if (at.is('like')) return parseLikeElement(at);
    return startsTableConstraint(at) ? parseTableConstraint(at) : parseColumnDefinition(at);
  });
}

function parseLikeElement(cursor: Cursor): LikeElement {
  const { start } = cursor;
  cursor.advance();
  const source = parseName(cursor);
  const words: string[] = [];
  while (wordAt(cursor) === 'including' || wordAt(cursor) === 'excluding') {
    const verb = takeWord(cursor);
    words.push(`${verb} ${takeWord(cursor)}`);
  }
  return { kind: 'like-element', source, words, start, end: cursor.previousEnd };
}

function parseLike(cursor: Cursor): CreateTable['like'] {
  cursor.advance();
  return parseName(cursor);
}

function parseTemplate(cursor: Cursor): Query {
  const open = cursor.index;
  cursor.expect('(');
  const query = cursor.grammar.query(cursor);
  cursor.close(open, ')');
  return query;
}

/** `CLONE t [AT (…)] [COPY GRANTS]` */
export function parseClone(cursor: Cursor): Clone {
  const { start } = cursor;
  cursor.advance();
  const source = parseName(cursor);
  const travel = acceptTravel(cursor);
  const options = parseOptions(cursor);
  return { source, ...(travel && { travel }), options, start, end: cursor.previousEnd };
}

/** `AT (TIMESTAMP => x)`, `BEFORE (STATEMENT => x)` */
export function acceptTravel(cursor: Cursor): TimeTravel | undefined {
  return (cursor.is('at') || cursor.is('before')) && cursor.isAhead(1, '(') ? parseTravel(cursor) : undefined;
}

import type { Run } from '../engine/account.ts';
import type { Column } from '../engine/catalog.ts';
import type { ResultColumn } from '../engine/cells.ts';
import { requireObject } from '../engine/resolve.ts';
import type { Outcome } from '../engine/session.ts';
import { unsupported } from '../errors.ts';
import { placeOf } from '../files/stage.ts';
import type { Cursor } from '../sql/cursor.ts';
import { displayType } from '../sql/types.ts';
import { refuse, type Statement, textColumn, typeIds } from './statement.ts';

const names = [
  'name',
  'type',
  'kind',
  'null?',
  'default',
  'primary key',
  'unique key',
  'check',
  'expression',
  'comment',
  'policy name',
  'privacy domain',
];

/** DESCRIBE TABLE, VIEW, RESULT. */
export const describe: Statement = async (run, cursor) => {
  if (cursor.accept('RESULT')) return describeResult(run, cursor);
  if (cursor.accept('STAGE')) return describeStage(run, cursor);
  if (!cursor.accept('DYNAMIC')) cursor.accept('MATERIALIZED');
  if (!cursor.accept('TABLE') && !cursor.accept('VIEW')) return refuse(cursor, cursor.offset + 1);
  const object = requireObject(run, cursor.expectPath(), run.session, 'Table');
  if (cursor.accept('TYPE')) cursor.rest();
  cursor.expectEnd();
  if (object.kind === 'SEQUENCE') throw unsupported('DESCRIBE SEQUENCE');
  const comments = object.kind === 'VIEW' ? object.columnComments : new Map<string, string>();
  return answer(object.columns.map((column) => describeColumn(column, comments.get(column.name))));
};

/** DESCRIBE STAGE: only where its files lie. */
function describeStage(run: Run, cursor: Cursor): Outcome {
  const { stage } = placeOf(run, `@${cursor.expectPath().join('.')}`);
  cursor.expectEnd();
  return {
    columns: ['parent_property', 'property', 'property_type', 'property_value', 'property_default'].map((name) =>
      textColumn(name),
    ),
    rows: [['STAGE_LOCATION', 'URL', 'String', stage.url === undefined ? '' : JSON.stringify([stage.url]), '']],
    typeId: typeIds.select,
  };
}

const yes = (value: boolean | undefined): string => (value ? 'Y' : 'N');

const describeColumn = (column: Column, comment: string | undefined) => [
  column.name,
  displayType(column.type),
  'COLUMN',
  yes(column.nullable),
  column.default ?? null,
  yes(column.primaryKey),
  yes(column.unique),
  null,
  null,
  comment ?? column.comment ?? null,
  null,
  null,
];

function describeResult(run: Run, cursor: Cursor): Outcome {
  const id = cursor.acceptString() ?? run.session.queries.at(-1) ?? '';
  const columns: readonly ResultColumn[] = run.session.outcomes.get(id)?.columns ?? [];
  return answer(columns.map((column) => describeColumn(column, undefined)));
}

const answer = (rows: Outcome['rows']): Outcome => ({
  columns: names.map((name) => textColumn(name)),
  rows,
  typeId: typeIds.select,
});

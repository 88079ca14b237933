import type { ResultColumn } from '../engine/cells.ts';
import { wireParameters } from '../engine/parameters.ts';
import type { Outcome, Session } from '../engine/session.ts';
import type { SqlError } from '../errors.ts';
import { longestText } from '../sql/types.ts';

/** `success: true` with data. */
export const success = (data: unknown): object => ({ data, code: null, message: null, success: true });

/** An error outside a query: the data is empty. */
export const failure = (error: SqlError): object => ({
  data: { nextAction: 'RETRY_LOGIN', inFlightCtx: null },
  code: error.code,
  message: error.message,
  success: false,
  headers: null,
});

/** A query's error. */
export const queryFailure = (error: SqlError, queryId: string): object => ({
  data: {
    internalError: false,
    unredactedFromSecureObject: false,
    errorCode: error.code,
    age: 0,
    sqlState: error.sqlState,
    queryId,
    line: error.place?.line ?? -1,
    pos: error.place?.position ?? -1,
    type: 'COMPILATION',
  },
  code: error.code,
  message: error.message,
  success: false,
  headers: null,
});

/** 333333 and 333334: ask again at the url. */
export const inProgress = (queryId: string, asynchronous: boolean): object => ({
  data: { getResultUrl: `/queries/${queryId}/result`, queryId, queryAbortsAfterSecs: 300, progressDesc: null },
  code: asynchronous ? '333334' : '333333',
  message: asynchronous
    ? 'Query execution in progress. Asynchronous execution was asked for.'
    : 'Query execution in progress.',
  success: true,
});

/** An answer; rows beyond the first `inline` come in parts of their own. */
export function queryAnswer(
  outcome: Outcome,
  queryId: string,
  session: Session,
  sizes: { readonly inlineRows: number; readonly chunkRows: number },
  url: string,
): object {
  const { rows, columns, typeId } = outcome;
  const inline = rows.length <= sizes.inlineRows ? rows.length : 0;
  const chunks: { url: string; rowCount: number; uncompressedSize: number; compressedSize: number }[] = [];
  for (let from = inline; from < rows.length; from += sizes.chunkRows) {
    const rowCount = Math.min(sizes.chunkRows, rows.length - from);
    chunks.push({
      url: `${url}/chunks/${queryId}/${from}/${rowCount}`,
      rowCount,
      uncompressedSize: 0,
      compressedSize: 0,
    });
  }
  return success({
    parameters: wireParameters(session.parameters),
    rowtype: columns.map(rowType),
    rowset: rows.slice(0, inline),
    total: rows.length,
    returned: rows.length,
    queryId,
    sqlState: '00000',
    databaseProvider: null,
    finalDatabaseName: session.database ?? null,
    finalSchemaName: session.schema ?? null,
    finalWarehouseName: session.warehouse ?? null,
    finalRoleName: session.role,
    numberOfBinds: 0,
    arrayBindSupported: typeId === 0x3100,
    statementTypeId: typeId,
    version: 1,
    sendResultTime: Date.now(),
    queryResultFormat: 'json',
    ...(chunks.length > 0 ? { chunks, chunkHeaders: {}, qrmk: null } : {}),
  });
}

/** Rows of a part: without the outer brackets. */
export const chunkText = (rows: Outcome['rows']): string => rows.map((row) => JSON.stringify(row)).join(',');

function rowType(column: ResultColumn): object {
  const { type } = column;
  const length = type.name === 'TEXT' ? (type.length ?? longestText) : (type.length ?? null);
  return {
    name: column.name,
    database: '',
    schema: '',
    table: '',
    nullable: column.nullable,
    type: type.name.toLowerCase(),
    length,
    byteLength: length,
    precision: type.precision ?? null,
    scale: type.scale ?? null,
    collation: null,
  };
}

import { missingObject, type Place, SqlError, unsupported } from '../errors.ts';
import { Cursor } from '../sql/cursor.ts';
import { factLiteral } from '../sql/functions/index.ts';
import { engineName, literal, type Scope, type Source, type Surroundings, type Uses } from '../sql/names.ts';
import { nest } from '../sql/nodes.ts';
import { readQuery } from '../sql/query.ts';
import { tokenize } from '../sql/tokens.ts';
import type { Run } from './account.ts';
import { type CatalogObject, fullName, isInvalid, type Pipe, schemaAt, type View } from './catalog.ts';
import { copyHistory } from './copy-history.ts';
import { informationSchema } from './information-schema.ts';
import { queryHistory } from './query-history.ts';
import { answerQuery, lastQuery } from './result-scan.ts';

/** A name with its database and schema. */
export interface ObjectName {
  readonly database: string;
  readonly schema: string;
  readonly name: string;
}

interface Place2 {
  readonly database: string | undefined;
  readonly schema: string | undefined;
}

/** Completes a dotted name by the session's database and schema. */
export function completeName(path: readonly string[], at: Place2): ObjectName {
  const [name = '', schema = at.schema, database = at.database] = [...path].reverse();
  if (path.length > 3) throw unsupported(`name of ${path.length} parts`);
  if (database === undefined) throw noDatabase();
  if (schema === undefined) throw noDatabase('schema');
  return { database, schema: schema === '' ? 'PUBLIC' : schema, name };
}

const noDatabase = (what = 'database'): SqlError =>
  new SqlError(
    '090105',
    '22000',
    `Cannot perform operation. This session does not have a current ${what}. Call 'USE ${what.toUpperCase()}', or use a qualified name.`,
  );

/** The object of a name: a temporary one of the session comes first. */
export function findObject(run: Run, name: ObjectName): CatalogObject | undefined {
  const { database, schema } = name;
  return (
    run.session.temporary.get(fullName(name)) ??
    run.account.catalog.databases.get(database)?.schemas.get(schema)?.objects.get(name.name)
  );
}

/** The object of a name as a statement wrote it; 002003 says which part of the name is unknown. */
export function requireObject(
  run: Run,
  path: readonly string[],
  at: Place2 = run.session,
  kind = 'Object',
): CatalogObject {
  const name = completeName(path, at);
  const found = findObject(run, name);
  if (found) return found;
  const database = run.account.catalog.databases.get(name.database);
  if (!database) throw missingContainer('Database', name.database);
  if (!database.schemas.has(name.schema)) throw missingContainer('Schema', `${name.database}.${name.schema}`);
  throw missingObject(kind, path.join('.'));
}

const missingContainer = (kind: string, name: string): SqlError =>
  new SqlError('002003', '02000', `SQL compilation error:\n${kind} '${name}' does not exist or not authorized.`);

/** What the queries of a statement may ask. */
export function surroundings(run: Run, at: Place2 = run.session, within: readonly string[] = []): Surroundings {
  return {
    relation: (path, place, into) => relation(run, path, place, into, at, within),
    knows: (path) => {
      const { database, schema } = at;
      return database !== undefined && schema !== undefined && findObject(run, completeName(path, at)) !== undefined;
    },
    tableFunction: (name, argument) => {
      if (name === 'RESULT_SCAN') return answerQuery(run.session, argument);
      if (name === 'COPY_HISTORY') return copyHistory(run, argument);
      if (name === 'QUERY_HISTORY_BY_SESSION') return queryHistory(run);
      throw unsupported(`table function ${name}`);
    },
    sequence: (path) => {
      const found = requireObject(run, path, at, 'Sequence');
      if (found.kind !== 'SEQUENCE') throw missingObject('Sequence', path.join('.'));
      return found.physical;
    },
    fact: (name, argument) => factOf(run, name, argument),
    bind: run.bind,
    variable: (name) => run.session.variables.get(name),
  };
}

function relation(
  run: Run,
  path: readonly string[],
  _place: Place,
  into: Uses,
  at: Place2,
  within: readonly string[],
): Source {
  const name = completeName(path, at);
  if (name.schema === 'INFORMATION_SCHEMA') return informationSchema(run, name);
  const object = requireObject(run, path, at);
  if (object.kind === 'SEQUENCE') throw missingObject('Object', path.join('.'));
  if (object.kind !== 'VIEW') return { kind: 'table', table: object };
  const key = engineName(`v:${fullName(object)}`);
  const known = into.queries.get(key);
  return { kind: 'query', key, columns: object.columns, sql: known ?? viewQuery(run, object, into, within) };
}

/** The query of a view, in the database and schema that it was made in. */
function viewQuery(run: Run, view: View, into: Uses, within: readonly string[]): string {
  const name = fullName(view);
  if (within.includes(name)) throw unsupported(`view ${name} that reads itself`);
  if (isInvalid(run.account.catalog, view)) {
    const reason = `Materialized View ${view.name} is invalid. Invalidation reason: Base table was dropped.`;
    throw new SqlError(
      '002037',
      '42601',
      `SQL compilation error:\nFailure during expansion of view '${view.name}': ${reason}`,
    );
  }
  const sql = view.query;
  const cursor = new Cursor(nest(tokenize(sql)));
  const scope: Scope = { sql, around: surroundings(run, view, [...within, name]), uses: into, ctes: new Map() };
  const query = readQuery(cursor, scope).sql;
  cursor.expectEnd();
  return query;
}

function factOf(run: Run, name: string, argument: string | undefined): string | undefined {
  const { session } = run;
  switch (name) {
    case 'CURRENT_DATABASE':
      return factLiteral(session.database);
    case 'CURRENT_SCHEMA':
      return factLiteral(session.schema);
    case 'CURRENT_ROLE':
      return factLiteral(session.role);
    case 'CURRENT_WAREHOUSE':
      return factLiteral(session.warehouse);
    case 'CURRENT_USER':
      return factLiteral(session.user);
    case 'CURRENT_ACCOUNT':
      return literal(run.account.name.toUpperCase());
    case 'CURRENT_REGION':
      return literal('AWS_US_WEST_2');
    case 'CURRENT_SESSION':
      return literal(String(session.id));
    case 'CURRENT_STATEMENT':
      return literal(run.sql);
    case 'CURRENT_TRANSACTION':
      return factLiteral(session.transaction?.transaction);
    case 'CURRENT_VERSION':
      return literal('9.40.1');
    case 'LAST_QUERY_ID':
      return factLiteral(lastQuery(session, argument));
    default:
      return moments(run, name) ?? systemFact(run, name, argument);
  }
}

function moments(run: Run, name: string): string | undefined {
  const utc = run.began.toISOString().replace('T', ' ').replace('Z', '');
  const now = `TIMESTAMPTZ '${utc}+00'`;
  if (['CURRENT_TIMESTAMP', 'LOCALTIMESTAMP', 'GETDATE', 'SYSTIMESTAMP'].includes(name)) return now;
  if (name === 'SYSDATE') return `TIMESTAMP '${utc}'`;
  if (name === 'CURRENT_DATE') return `CAST(${now} AS DATE)`;
  return name === 'CURRENT_TIME' || name === 'LOCALTIME' ? `CAST(CAST(${now} AS TIMESTAMP) AS TIME)` : undefined;
}

function systemFact(run: Run, name: string, argument: string | undefined): string | undefined {
  switch (name) {
    case 'SYSTEM$CANCEL_ALL_QUERIES':
      return literal(`${run.account.cancelAll(Number(argument))} cancelled.`);
    case 'SYSTEM$PIPE_STATUS':
      return literal(JSON.stringify(pipeOf(run, argument ?? '').status));
    case 'SYSTEM$WAIT':
      return literal(`waited ${argument} seconds`);
    default:
      return undefined;
  }
}

function pipeOf(run: Run, written: string): Pipe {
  const name = completeName(written.toUpperCase().split('.'), run.session);
  const found = schemaAt(run.account.catalog, name)?.pipes.get(name.name);
  if (found) return found;
  throw missingObject('Pipe', fullName(name));
}

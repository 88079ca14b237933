import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Account } from '../engine/account.ts';
import type { Session } from '../engine/session.ts';
import { cancelled, SqlError, timedOut } from '../errors.ts';
import type { Fault } from '../faults.ts';
import { chunkText, failure, inProgress, queryAnswer, queryFailure, success } from './answers.ts';
import type { Bindings } from './bindings.ts';
import { breakOff, type HttpRequest, sendJson, sendPacked } from './http.ts';
import type { Queries, Query } from './queries.ts';

/** How answers are given: sizes of their parts, and how long a request is held before it is told to ask again. */
export interface Serving {
  readonly account: Account;
  readonly queries: Queries;
  readonly url: () => string;
  readonly inlineRows: number;
  readonly chunkRows: number;
  readonly holdMilliseconds: number;
}

/** POST /queries/v1/query-request. */
export async function postQuery(
  serving: Serving,
  session: Session,
  request: HttpRequest,
  response: ServerResponse,
  fault: Fault | undefined,
): Promise<void> {
  const requestId = request.query.get('requestId') ?? '';
  const query = serving.queries.byRequest(requestId) ?? startQuery(serving, session, request, requestId, fault);
  if (request.body.asyncExec === true) return sendJson(response, 200, inProgress(query.id, true));
  if (fault?.kind === 'held') return sendJson(response, 200, inProgress(query.id, false));
  await answerQuery(serving, query, response);
}

function startQuery(
  serving: Serving,
  session: Session,
  request: HttpRequest,
  requestId: string,
  fault: Fault | undefined,
): Query {
  const { body } = request;
  const parameters = Object.entries((body.parameters as Record<string, unknown> | undefined) ?? {});
  const asked = {
    requestId,
    sql: String(body.sqlText ?? ''),
    parameters: Object.fromEntries(parameters.map(([name, value]) => [name.toUpperCase(), String(value)])),
    bindings: body.bindings as Bindings | undefined,
    describeOnly: body.describeOnly === true,
  };
  return serving.queries.start(session, asked, (signal) => trouble(fault, signal));
}

/** A fault of the statement itself, before it does anything. */
async function trouble(fault: Fault | undefined, signal: AbortSignal): Promise<void> {
  switch (fault?.kind) {
    case 'held':
    case 'slow-statement':
      await sleep(fault.milliseconds, undefined, { signal }).catch(() => signal.throwIfAborted());
      return;
    case 'statement-timeout':
      throw timedOut(1);
    case 'lock-timeout':
      throw new SqlError(
        '000625',
        '57014',
        "Statement '01000000-0000-0000-0000-000000000000' has locked table 'T' in transaction 1 and this lock has not yet been released.\nYour statement was aborted because the lock was not released within the lock timeout.",
      );
    case 'credits-exhausted':
      throw new SqlError(
        '090073',
        '57014',
        "Warehouse 'COMPUTE_WH' cannot be resumed because resource monitor 'LIMITER' has exceeded its quota.",
      );
    case 'error':
      throw new SqlError(fault.code, fault.sqlState, fault.message);
    default:
  }
}

/** Waits for the end of a statement, or says that it goes on. */
async function answerQuery(serving: Serving, query: Query, response: ServerResponse): Promise<void> {
  const timer = new AbortController();
  const held = sleep(serving.holdMilliseconds, 'held' as const, { signal: timer.signal }).catch(() => 'held' as const);
  const ended = query.ended.then(
    (outcome) => outcome,
    (error: SqlError) => error,
  );
  const first = await Promise.race([ended, held]);
  timer.abort();
  if (first === 'held') sendJson(response, 200, inProgress(query.id, false));
  else if (first instanceof SqlError) sendJson(response, 200, queryFailure(first, query.id));
  else sendJson(response, 200, queryAnswer(first, query.id, query.session, serving, serving.url()));
}

/** GET /queries/{id}/result. */
export async function getResult(serving: Serving, id: string, response: ServerResponse): Promise<void> {
  const query = serving.queries.find(id);
  if (query) return answerQuery(serving, query, response);
  sendJson(response, 200, queryFailure(new SqlError('000709', '02000', `Statement ${id} not found`), id));
}

/** POST /queries/v1/abort-request and /queries/{id}/abort-request. */
export async function abortQuery(
  serving: Serving,
  id: string | undefined,
  request: HttpRequest,
  response: ServerResponse,
): Promise<void> {
  const query =
    id === undefined ? serving.queries.byRequest(String(request.body.requestId ?? '')) : serving.queries.find(id);
  if (query?.state !== 'running') {
    const error = new SqlError('000605', '57014', 'Identified SQL statement is not currently executing.');
    return sendJson(response, 200, failure(error));
  }
  query.cancel(cancelled());
  await query.ended.catch(() => undefined);
  sendJson(response, 200, success(null));
}

/** GET /monitoring/queries/{id}. */
export function getStatus(serving: Serving, id: string, response: ServerResponse): void {
  const query = serving.queries.find(id);
  const states = { running: 'RUNNING', done: 'SUCCESS', failed: 'FAILED_WITH_ERROR' } as const;
  const queries = query
    ? [
        {
          id,
          status: states[query.state],
          state: query.state === 'running' ? 'RUNNING' : query.state === 'done' ? 'SUCCEEDED' : 'FAILED',
          sqlText: query.asked.sql,
          sessionId: query.session.id,
          startTime: query.logged.began.getTime(),
          endTime: query.logged.ended?.getTime() ?? 0,
          errorCode: query.error?.code ?? null,
          errorMessage: query.error?.message ?? null,
        },
      ]
    : [];
  sendJson(response, 200, success({ queries }));
}

/** GET of a part of an answer. */
export async function getChunk(
  serving: Serving,
  [id = '', from = '0', count = '0']: readonly string[],
  response: ServerResponse,
): Promise<void> {
  const query = serving.queries.find(id);
  if (!query) return breakOff(response);
  const { rows } = await query.ended;
  sendPacked(response, chunkText(rows.slice(Number(from), Number(from) + Number(count))));
}

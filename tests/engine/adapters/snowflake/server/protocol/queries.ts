import { randomUUID } from 'node:crypto';
import type { Account, Run } from '../engine/account.ts';
import type { Outcome, Session } from '../engine/session.ts';
import { cancelled, SqlError, timedOut, unsupported } from '../errors.ts';
import type { LoggedStatement, ServerLog } from '../log.ts';
import { runStatement } from '../statements/index.ts';
import { counts, typeIds } from '../statements/statement.ts';
import { type Bindings, bindLiteral, boundRows } from './bindings.ts';

/** What a client asked to run. */
export interface Asked {
  readonly requestId: string;
  readonly sql: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly bindings: Bindings | undefined;
  readonly describeOnly: boolean;
}

/** A statement, from its coming until its answer is forgotten. */
export interface Query {
  readonly id: string;
  readonly asked: Asked;
  readonly session: Session;
  readonly ended: Promise<Outcome>;
  readonly logged: LoggedStatement;
  readonly cancel: (reason: SqlError) => void;
  state: 'running' | 'done' | 'failed';
  error: SqlError | undefined;
}

/** All statements of the account. A request that is sent again finds the one it began. */
export class Queries {
  readonly #account: Account;
  readonly #log: ServerLog;
  readonly #byId = new Map<string, Query>();
  readonly #byRequest = new Map<string, Query>();

  constructor(account: Account, log: ServerLog) {
    this.#account = account;
    this.#log = log;
  }

  find(id: string): Query | undefined {
    return this.#byId.get(id);
  }

  byRequest(requestId: string): Query | undefined {
    return this.#byRequest.get(requestId);
  }

  /** Stops what a session runs; how many statements that were. */
  cancelAll(session: number, except?: string): number {
    const running = [...this.#byId.values()].filter(
      (query) => query.session.id === session && query.state === 'running' && query.id !== except,
    );
    for (const query of running) query.cancel(cancelled());
    return running.length;
  }

  start(session: Session, asked: Asked, before: (signal: AbortSignal) => Promise<void>): Query {
    const id = queryId();
    const controller = new AbortController();
    const logged = this.#logStatement(session, asked, id);
    const ended = session.tail.then(() => this.#run(session, asked, id, controller, logged, before));
    session.tail = ended.catch(() => undefined);
    const query: Query = {
      id,
      asked,
      session,
      ended,
      logged,
      cancel: (reason) => controller.abort(reason),
      state: 'running',
      error: undefined,
    };
    ended.then(
      () => {
        query.state = 'done';
      },
      (error: SqlError) => {
        query.state = 'failed';
        query.error = error;
      },
    );
    this.#byId.set(id, query);
    this.#byRequest.set(asked.requestId, query);
    return query;
  }

  #logStatement(session: Session, asked: Asked, id: string): LoggedStatement {
    const [, sql = asked.sql, comment] = /^([\s\S]*?)\n\/\* ((?:(?!\*\/)[\s\S])*) \*\/$/.exec(asked.sql) ?? [];
    const logged: LoggedStatement = {
      session: session.id,
      queryId: id,
      requestId: asked.requestId,
      sql,
      comment,
      parameters: asked.parameters,
      tag: asked.parameters.QUERY_TAG ?? session.parameters.get('QUERY_TAG') ?? '',
      role: session.role,
      warehouse: session.warehouse,
      transaction: session.transaction?.transaction,
      began: new Date(),
      ended: undefined,
      outcome: { kind: 'running' },
    };
    this.#log.statements.push(logged);
    return logged;
  }

  async #run(
    session: Session,
    asked: Asked,
    id: string,
    controller: AbortController,
    logged: LoggedStatement,
    before: (signal: AbortSignal) => Promise<void>,
  ): Promise<Outcome> {
    const parameter = (name: string): string => asked.parameters[name] ?? session.parameters.get(name) ?? '';
    const seconds = Number(parameter('STATEMENT_TIMEOUT_IN_SECONDS'));
    const timer = setTimeout(() => controller.abort(timedOut(seconds)), Math.min(seconds * 1000, 2 ** 31 - 1));
    const run = (row: number): Run => ({
      account: this.#account,
      session,
      queryId: id,
      sql: asked.sql,
      signal: controller.signal,
      began: new Date(),
      parameter,
      bind: (position) => bindLiteral(asked.bindings, position, row),
    });
    this.#account.engine.enter();
    session.busy = true;
    try {
      controller.signal.throwIfAborted();
      await before(controller.signal);
      const outcome = await this.#all(run, asked);
      session.queries.push(id);
      session.outcomes.set(id, outcome);
      logged.outcome = { kind: 'success', rows: outcome.rows.length };
      return outcome;
    } catch (thrown) {
      const error = thrown instanceof SqlError ? thrown : unsupported(`the server failed: ${String(thrown)}`);
      logged.outcome = { kind: 'error', code: error.code, sqlState: error.sqlState, message: error.message };
      throw error;
    } finally {
      clearTimeout(timer);
      logged.ended = new Date();
      session.busy = false;
      session.lastUsed = Date.now();
      await this.#account.engine.leave();
      await this.#log.watch?.(logged);
    }
  }

  /** An array bind runs the statement for each of its rows; the counts are added. */
  async #all(run: (row: number) => Run, asked: Asked): Promise<Outcome> {
    const rows = boundRows(asked.bindings);
    if (rows === undefined) return runStatement(run(0), asked.describeOnly);
    let inserted = 0;
    for (let row = 0; row < rows; row += 1) {
      const outcome = await runStatement(run(row), asked.describeOnly);
      if (outcome.typeId !== typeIds.insert) throw unsupported('array bind of other statements than INSERT');
      inserted += Number(outcome.rows[0]?.[0]);
    }
    return counts({ 'number of rows inserted': inserted }, typeIds.insert);
  }
}

/** Ids look like Snowflake's: the client checks their form. */
function queryId(): string {
  return `01${randomUUID().slice(2)}`;
}

import { setTimeout as pause } from 'node:timers/promises';
import type { DuckDBConnection, DuckDBMaterializedResult } from '@duckdb/node-api';
import {
  type CatalogTable,
  type Column,
  firstWords,
  type References,
  type Relation,
  type Session,
  StatementError,
  type StatementResult,
  type Table,
} from '../../core/index.ts';
import { catalogSql, catalogTables } from './catalog.ts';
import { rowsAffected, tableOf } from './cells.ts';
import { describeCsv, loadCsv } from './csv.ts';
import { listRelationsSql, relationsOf } from './list-relations.ts';
import { isReferredTo, release } from './references.ts';
import { statementError } from './statement-errors.ts';
import type { StatementQueue, Ticket } from './statement-queue.ts';
import { statements } from './statements.ts';
import { Turns } from './turns.ts';
import type { Workers } from './workers.ts';

/** How often a running statement is told to stop: one that is just starting forgets that it was told. */
const repeatInterruptMs = 20;

/** Milliseconds for which a statement is sent again while others are in its way, and the pauses in between. */
const patience = { whole: 30_000, firstPause: 5, longestPause: 200 };

/** The words with which a transaction begins, and with which it ends. */
const transactionWords = { begin: /^(?:begin|start transaction)\b/, end: /^(?:commit|end|rollback|abort)\b/ };

/** What the sessions of an instance have in common. */
interface Shared {
  readonly queue: StatementQueue;
  readonly turns: Turns;
  readonly workers: Workers;
}

/** One connection of the instance. */
export class DuckDbSession implements Session {
  readonly #connection: DuckDBConnection;
  readonly #queue: StatementQueue;
  readonly #turns: Turns;
  readonly #workers: Workers;
  readonly #onClose: () => void;
  /** Statements that were asked for and have not ended: the first runs, the others wait for it. */
  readonly #tickets = new Set<Ticket>();
  /** A connection does one statement at a time. */
  readonly #ownTurns = new Turns();
  #closed = false;
  #inTransaction = false;

  constructor(connection: DuckDBConnection, { queue, turns, workers }: Shared, onClose: () => void) {
    this.#connection = connection;
    this.#queue = queue;
    this.#turns = turns;
    this.#workers = workers;
    this.#onClose = onClose;
  }

  async query(sql: string): Promise<Table> {
    return tableOf(await this.#run(sql));
  }

  async execute(sql: string): Promise<StatementResult> {
    return { rowsAffected: rowsAffected(await this.#run(sql)), message: 'OK' };
  }

  async listRelations(database: string | null, schema: string): Promise<readonly Relation[]> {
    return relationsOf(await this.query(listRelationsSql(database, schema)));
  }

  async columnsOf(relation: Relation): Promise<readonly Column[]> {
    try {
      return columnsOfDescription(await this.query(`describe ${describable(relation)}`));
    } catch (failure) {
      if (failure instanceof StatementError && failure.vendorCode === 'Catalog') return [];
      throw failure;
    }
  }

  async describeSchema(database: string | null, schema: string): Promise<readonly CatalogTable[]> {
    return catalogTables(await this.query(catalogSql(database, schema)));
  }

  async describeQuery(sql: string): Promise<readonly Column[]> {
    return columnsOfDescription(await this.query(`describe (\n${sql}\n)`));
  }

  describeCsv: NonNullable<Session['describeCsv']> = (request) => describeCsv(request, this);

  loadCsv: NonNullable<Session['loadCsv']> = (request) =>
    loadCsv(request, { query: (sql) => this.query(sql), execute: (sql) => this.execute(sql) });

  readonly references: References = {
    isReferredTo: (relation) => isReferredTo(relation, this),
    release: (relation, { execute }) => release(relation, { query: (sql) => this.query(sql), execute }),
    alone: async (work) => {
      const ticket: Ticket = { cancelled: false, onCancel: undefined };
      this.#tickets.add(ticket);
      return this.#turns.take(async () => {
        this.#tickets.delete(ticket);
        if (ticket.cancelled) throw new StatementError('Cancelled', { sql: '', cancelled: true });
        return work();
      });
    },
  };

  /** Cancels what runs or waits, and resolves when it has ended. */
  async cancel(): Promise<void> {
    if (this.#tickets.size === 0) return;
    for (const ticket of this.#tickets) {
      ticket.cancelled = true;
      ticket.onCancel?.();
    }
    this.#connection.interrupt();
    const repeat = setInterval(() => this.#connection.interrupt(), repeatInterruptMs);
    await this.#ownTurns.over;
    clearInterval(repeat);
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.cancel();
    this.#connection.disconnectSync();
    this.#onClose();
  }

  async #run(sql: string): Promise<DuckDBMaterializedResult> {
    if (this.#closed) throw new StatementError('The connection is closed', { sql, cancelled: true });
    const ticket: Ticket = { cancelled: false, onCancel: undefined };
    this.#tickets.add(ticket);
    return this.#ownTurns.take(() => this.#runNow(sql, ticket));
  }

  async #runNow(sql: string, ticket: Ticket): Promise<DuckDBMaterializedResult> {
    try {
      return await this.#untilOthersAreDone(sql, ticket);
    } finally {
      this.#tickets.delete(ticket);
      const words = firstWords(sql);
      if (transactionWords.begin.test(words)) this.#inTransaction = true;
      else if (transactionWords.end.test(words)) this.#inTransaction = false;
    }
  }

  /** Where others were in the way of what is a transaction by itself, nothing was done: it can be sent again. */
  async #untilOthersAreDone(sql: string, ticket: Ticket): Promise<DuckDBMaterializedResult> {
    const since = Date.now();
    for (let length = patience.firstPause; ; length = Math.min(2 * length, patience.longestPause)) {
      try {
        return await this.#send(sql, ticket);
      } catch (failure) {
        const mayPass = failure instanceof StatementError && failure.mayPass;
        const isAlone = !this.#inTransaction && !/;\s*\S/.test(sql);
        if (!mayPass || !isAlone || Date.now() - since > patience.whole) throw failure;
        await pause(length);
      }
    }
  }

  async #send(sql: string, ticket: Ticket): Promise<DuckDBMaterializedResult> {
    if (!(await this.#queue.enter(ticket))) throw new StatementError('Cancelled', { sql, cancelled: true });
    try {
      return await this.#workers.during(sql, () => this.#connection.run(sql));
    } catch (thrown) {
      throw statementError(sql, thrown, ticket.cancelled);
    } finally {
      this.#queue.leave();
    }
  }
}

function columnsOfDescription(description: Table): Column[] {
  return description.rows.map(([name, type]) => ({ name: String(name), type: String(type) }));
}

function describable(relation: Relation): string {
  const sql = statements.renderRelation(relation);
  return relation.expression === undefined ? sql : `(select * from ${sql})`;
}

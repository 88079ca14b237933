import { setTimeout as pause } from 'node:timers/promises';
import type { Connection, RowStatement } from 'snowflake-sdk';
import { firstWords, StatementError } from '../../core/index.ts';
import { type Answer, answerOf, endConnection, type SendOptions, send } from './driver.ts';
import { classOf, type DriverError, statementError } from './statement-errors.ts';

export interface ConnectedSessionOptions {
  /** Logs in. */
  readonly connect: () => Promise<Connection>;
  /** A message as it may be shown. */
  readonly tell: (message: string) => string;
  /** Milliseconds before the n-th repetition, from 1. */
  readonly backoff: (attempt: number) => number;
}

/** A statement to be sent: a piece of a text, in which errors are placed. */
export interface Sending extends Pick<SendOptions, 'sql' | 'parameters' | 'describeOnly'> {
  readonly text: string;
  readonly start: number;
  /** Whoever sends it will take care that no other task meets what it changes. Default false. */
  readonly isOurs?: boolean;
}

const repetitions = { lock: 5, incident: 2, network: 5 } as const;

/**
 * One login and what it remembers: an open transaction, tables of its own, settings that were changed. A statement is
 * sent again only where it is certain that it was not run, and as long as nothing is lost by it.
 */
export class ConnectedSession {
  readonly #options: ConnectedSessionOptions;
  #connection: Connection | undefined;
  #running: RowStatement | undefined;
  #inTransaction = false;
  /** It has changed rows: what it was begun for would be done twice. */
  #changesRows = false;
  /** Rows that the task has changed are there for good. */
  #hasChangedRows = false;
  #temporaryTables = 0;
  /** A statement of the user has changed how later ones are understood. */
  #isChanged = false;
  /** How many transactions in a row have failed because others were in the way. */
  #lockFailures = 0;
  #isRunning = false;
  #cancelled = false;
  /** What depended on the login is gone with it. */
  #isLost = false;
  #ended = false;

  /** @param connection undefined: it logs in for its first statement. */
  constructor(options: ConnectedSessionOptions, connection: Connection | undefined) {
    this.#options = options;
    this.#connection = connection;
  }

  /** Whether another task may go on with it. */
  get isClean(): boolean {
    return !this.#inTransaction && !this.#hasState && !this.#isLost && !this.#ended;
  }

  get #hasState(): boolean {
    return this.#isChanged || this.#temporaryTables > 0;
  }

  /** From here on, statements belong to another task. */
  beginTask(): void {
    this.#hasChangedRows = false;
  }

  /** Runs one statement. Throws `StatementError`, and `Problem` where nobody can log in. */
  async run(sending: Sending): Promise<Answer> {
    this.#isRunning = true;
    try {
      if (this.#lockFailures > 0 && begins.test(firstWords(sending.sql))) {
        await pause(this.#options.backoff(this.#lockFailures));
      }
      const answer = await this.#persist(sending);
      if (!sending.describeOnly) this.#remember(sending);
      return answer;
    } finally {
      this.#isRunning = false;
      this.#cancelled = false;
    }
  }

  /** Cancels what runs, on the server: it fails with `cancelled`. */
  async cancel(): Promise<void> {
    if (!this.#isRunning) return;
    this.#cancelled = true;
    const running = this.#running;
    if (running) await new Promise<void>((resolve) => running.cancel(() => resolve()));
  }

  async end(): Promise<void> {
    if (this.#ended) return;
    this.#ended = true;
    await this.cancel();
    if (this.#connection) await endConnection(this.#connection);
  }

  async #persist(sending: Sending): Promise<Answer> {
    const { text, start } = sending;
    const tried = { session: 0, lock: 0, incident: 0 };
    for (;;) {
      if (this.#cancelled || this.#ended) throw new StatementError('Cancelled', { sql: text, cancelled: true });
      this.#connection ??= await this.#options.connect();
      const outcome = await this.#try(this.#connection, sending);
      if ('answer' in outcome) return outcome.answer;
      const { failure, kind } = outcome;
      const isAlone = !this.#inTransaction;
      if (kind === 'session' && isAlone && !this.#hasState && tried.session === 0) {
        tried.session += 1;
        void endConnection(this.#connection);
        this.#connection = undefined;
      } else if ((kind === 'lock' || kind === 'incident') && isAlone && tried[kind] < repetitions[kind]) {
        tried[kind] += 1;
        await pause(this.#options.backoff(tried[kind]));
      } else {
        if (kind === 'lock') this.#lockFailures += 1;
        throw statementError(text, start, failure, {
          cancelled: this.#cancelled,
          tell: this.#options.tell,
          ...(kind === 'session' ? this.#lose() : {}),
        });
      }
    }
  }

  /**
   * The login is gone, and its transaction is undone. Where nothing else depended on it, the transaction can be run again
   * from its beginning; where the task has changed no rows for good, the task can.
   */
  #lose(): { readonly mayPass: boolean; readonly lostTask: boolean } {
    const mayPass = this.#inTransaction && !this.#hasState;
    if (mayPass) {
      if (this.#connection) void endConnection(this.#connection);
      this.#connection = undefined;
      this.#inTransaction = false;
      this.#changesRows = false;
    } else this.#isLost = true;
    return { mayPass, lostTask: !mayPass && !this.#hasChangedRows };
  }

  async #try(connection: Connection, sending: Sending): Promise<Outcome> {
    let requestId: string | undefined;
    const onSent = (statement: RowStatement): void => {
      this.#running = statement;
      requestId = statement.getRequestId();
    };
    try {
      return { answer: await send(connection, { ...sending, onSent }) };
    } catch (thrown) {
      const failure = thrown as DriverError;
      const kind = classOf(failure);
      if (kind !== 'network' || requestId === undefined || this.#cancelled) return { failure, kind };
      return this.#findOut(connection, requestId, sending, failure);
    } finally {
      this.#running = undefined;
    }
  }

  /** The answer is lost: whether the statement was run is asked for by the id of its request, before anything else is done. */
  async #findOut(connection: Connection, requestId: string, sending: Sending, failure: DriverError): Promise<Outcome> {
    for (let attempt = 1; attempt <= repetitions.network && !this.#cancelled; attempt += 1) {
      await pause(this.#options.backoff(attempt));
      try {
        const answer = await answerOf(connection, requestId);
        return { answer: answer ?? (await send(connection, sending)) };
      } catch (thrown) {
        const kind = classOf(thrown as DriverError);
        if (kind !== 'network') return { failure: thrown as DriverError, kind: kind === 'session' ? 'refused' : kind };
      }
    }
    const message = `${failure.message ?? 'The network has failed'}\nNobody knows whether the statement was run: its answer is lost.`;
    return { failure: { ...failure, code: failure.code, message }, kind: 'refused' };
  }

  #endTransaction(words: string): void {
    this.#inTransaction = false;
    if (this.#changesRows && !words.startsWith('rollback')) this.#hasChangedRows = true;
    this.#changesRows = false;
  }

  /** Every definition commits the open transaction; what changes the login itself must not reach another task. */
  #remember({ sql, isOurs = false }: Sending): void {
    const words = firstWords(sql);
    if (words.startsWith('commit')) this.#lockFailures = 0;
    if (changesRows.test(words)) this.#changesRows = true;
    if (begins.test(words)) this.#inTransaction = true;
    else if (endsTransaction.test(words)) this.#endTransaction(words);
    else if (!this.#inTransaction) this.#endTransaction(words);
    if (!isOurs && changesLogin.test(words)) this.#isChanged = true;
    if (makesTemporary.test(words)) this.#temporaryTables += 1;
    else if (/^drop (table|view)\b/.test(words) && this.#temporaryTables > 0) this.#temporaryTables -= 1;
  }
}

const changesRows = /^(insert|update|delete|merge|copy|truncate|call|execute)\b/;

/** What is made is chosen, too: names without a schema mean others after that. */
const changesLogin = /^(use|set|unset|alter session|create (or replace )?(transient )?(schema|database))\b/;
const begins = /^(begin|start transaction)\b/;
const endsTransaction = /^(commit|rollback|create|alter|drop|truncate|grant|revoke|comment|undrop)\b/;
const makesTemporary = /^create (or replace )?(secure )?((local|global) )?(temp|temporary|volatile) (table|view)\b/;

type Outcome =
  | { readonly answer: Answer }
  | { readonly failure: DriverError; readonly kind: ReturnType<typeof classOf> };

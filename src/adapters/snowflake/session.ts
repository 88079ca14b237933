import {
  type CatalogTable,
  type Column,
  type Diagnostic,
  type Grant,
  type Json,
  type NodeConfig,
  type Relation,
  type Session,
  type SessionTask,
  StatementError,
  type StatementResult,
  type Table,
} from '../../core/index.ts';
import { accessProblems } from './access.ts';
import { catalogSql, catalogTables } from './catalog.ts';
import type { ConnectedSession } from './connected-session.ts';
import { describeCsv, loadCsv } from './csv.ts';
import type { Answer } from './driver.ts';
import { lastLoad } from './files/last-load.ts';
import { loadFiles } from './files/load-files.ts';
import { grantsOf } from './grants.ts';
import { cellsByName, pageSize, relationsOf, showObjects } from './list-relations.ts';
import { isShownTransient, maintainedSettings, showMaintained, showTable } from './maintained-settings.ts';
import { renderRelation, storedName } from './naming.ts';
import { splitStatements } from './split.ts';
import { isGiven } from './table-options.ts';
import { wordOf } from './tables.ts';

export interface SessionOptions {
  /** Settings of every statement: time-outs. */
  readonly parameters: Readonly<Record<string, string | number>>;
  /** The tag of statements that no node has one for. */
  readonly queryTag: string | undefined;
  /** The warehouse of nodes that ask for none. Undefined: the user's own, which is not known. */
  readonly warehouse: string | undefined;
}

const schemaIsMissing = '002043';
const isMissing: ReadonlySet<string> = new Set([schemaIsMissing, '002003']);

/** What a task sees of a login. */
export class SnowflakeSession implements Session {
  readonly #connected: ConnectedSession;
  readonly #options: SessionOptions;
  readonly #onClose: () => void;
  /** The warehouse in use, as far as it is known, and the one that the task wants. */
  #warehouse: string | undefined;
  #wantedWarehouse: string | undefined;
  #queryTag: string | undefined;
  #comment: string | undefined;
  /** Another warehouse is in use than the user's own, to which there is no way back by name. */
  #strayed = false;
  #last: Promise<unknown> = Promise.resolve();

  constructor(connected: ConnectedSession, options: SessionOptions, onClose: () => void) {
    this.#connected = connected;
    this.#options = options;
    this.#onClose = onClose;
    this.#warehouse = options.warehouse;
    this.#queryTag = options.queryTag;
  }

  async query(sql: string): Promise<Table> {
    const { columns, rows } = await this.#send(sql);
    return { columns, rows };
  }

  async execute(sql: string): Promise<StatementResult> {
    const { rowsAffected, queryId } = await this.#send(sql);
    return { rowsAffected, queryId, message: rowsAffected === null ? 'SUCCESS 1' : `SUCCESS ${rowsAffected}` };
  }

  async listRelations(
    database: string | null,
    schema: string,
    quote?: Relation['quote'],
  ): Promise<readonly Relation[]> {
    const place = renderRelation({ database, schema, identifier: null, quote });
    const found: Relation[] = [];
    for (;;) {
      const page = await this.#unlessMissing(() =>
        this.query(showObjects(place, found.at(-1)?.identifier ?? undefined)),
      );
      const relations = page ? relationsOf(page) : [];
      found.push(...relations);
      if (relations.length < pageSize) return found;
    }
  }

  async schemaExists(database: string | null, schema: string, quote?: Relation['quote']): Promise<boolean> {
    const name = storedName({ database, schema, identifier: null, quote }, 'schema');
    const inside =
      database === null ? '' : ` in database ${renderRelation({ database, schema: null, identifier: null, quote })}`;
    const found = await this.query(`show terse schemas${inside} starts with '${name.replaceAll("'", "''")}'`);
    const read = cellsByName(found);
    return found.rows.some((row) => read(row, 'name') === name);
  }

  async columnsOf(relation: Relation): Promise<readonly Column[]> {
    if (relation.expression !== undefined) return this.describeQuery(`select * from ${relation.expression}`);
    const found = await this.#unlessMissing(() => this.query(`describe table ${renderRelation(relation)}`));
    if (!found) return [];
    const read = cellsByName(found);
    return found.rows.map((row) => ({ name: read(row, 'name'), type: read(row, 'type') }));
  }

  async describeSchema(
    database: string | null,
    schema: string,
    quote?: Relation['quote'],
  ): Promise<readonly CatalogTable[]> {
    const place = { database, schema, identifier: null, quote };
    if (!(await this.schemaExists(database, schema, quote))) return [];
    const inDatabase = renderRelation({ ...place, schema: null });
    return catalogTables(await this.query(catalogSql(inDatabase, storedName(place, 'schema'))));
  }

  async describeQuery(sql: string): Promise<readonly Column[]> {
    return (await this.#send(sql, { describeOnly: true })).columns;
  }

  checkAccess(database: string | null, schema: string): Promise<readonly Diagnostic[]> {
    return accessProblems(
      { query: (sql) => this.query(sql), schemaExists: this.schemaExists.bind(this) },
      database,
      schema,
    );
  }

  async grantsOn(relation: Relation): Promise<readonly Grant[]> {
    return grantsOf(await this.query(`show grants on ${wordOf(relation)} ${renderRelation(relation)}`));
  }

  async settingsOf(relation: Relation, wanted: NodeConfig): Promise<Readonly<Record<string, Json>> | undefined> {
    const settings = maintainedSettings(await this.query(showMaintained(relation)));
    if (settings === undefined || relation.type !== 'dynamic_table' || !isGiven(wanted.transient)) return settings;
    return { ...settings, transient: isShownTransient(await this.query(showTable(relation))) };
  }

  describeCsv: NonNullable<Session['describeCsv']> = describeCsv;

  loadCsv: NonNullable<Session['loadCsv']> = (request) => loadCsv(request, (sql) => this.execute(sql));

  loadFiles: NonNullable<Session['loadFiles']> = loadFiles;

  lastLoad: NonNullable<Session['lastLoad']> = lastLoad;

  /**
   * A tag belongs to each statement, so that it cannot stay behind. A warehouse has to be chosen; that is done before the
   * first statement, so that a wrong name is the node's failure.
   */
  enter({ config, comment }: SessionTask): void {
    const { queryTag, warehouse } = this.#options;
    this.#comment = comment;
    this.#connected.beginTask();
    this.#queryTag = isGiven(config.query_tag) ? String(config.query_tag) : queryTag;
    this.#wantedWarehouse = isGiven(config.snowflake_warehouse) ? String(config.snowflake_warehouse) : warehouse;
  }

  isClean(): boolean {
    return this.#connected.isClean && !this.#strayed;
  }

  cancel(): Promise<void> {
    return this.#connected.cancel();
  }

  async bytesRead(): Promise<number> {
    const history = 'table(information_schema.query_history_by_session(result_limit => 10000))';
    const { rows } = await this.query(`select sum(bytes_scanned) from ${history}`);
    return Number(rows[0]?.[0] ?? 0);
  }

  async close(): Promise<void> {
    await this.#connected.end();
    this.#onClose();
  }

  /** Runs the statements of a text one after the other, and after those that were asked for before; gives the last answer. */
  #send(text: string, how: { readonly describeOnly?: boolean } = {}): Promise<Answer> {
    const parameters = {
      ...this.#options.parameters,
      ...(this.#queryTag === undefined ? {} : { QUERY_TAG: this.#queryTag }),
    };
    const running = this.#last.then(async () => {
      let answer: Answer = nothingSent;
      await this.#chooseWarehouse(parameters);
      for (const { sql, start } of splitStatements(text)) {
        answer = await this.#connected.run({ sql: commented(sql, this.#comment), text, start, parameters, ...how });
      }
      return answer;
    });
    this.#last = running.catch(() => undefined);
    return running;
  }

  async #chooseWarehouse(parameters: SessionOptions['parameters']): Promise<void> {
    const wanted = this.#wantedWarehouse;
    if (wanted === undefined || wanted === this.#warehouse) return;
    const sql = `use warehouse ${wanted}`;
    await this.#connected.run({ sql, text: sql, start: 0, parameters, isOurs: true });
    this.#warehouse = wanted;
    this.#strayed = this.#options.warehouse === undefined;
  }

  async #unlessMissing<T>(ask: () => Promise<T>): Promise<T | undefined> {
    try {
      return await ask();
    } catch (failure) {
      if (failure instanceof StatementError && isMissing.has(failure.vendorCode ?? '')) return undefined;
      throw failure;
    }
  }
}

/** Behind the statement, since Snowflake takes away what stands before it. What begins or ends a transaction costs nothing. */
function commented(sql: string, comment: string | undefined): string {
  const isBare = comment === undefined || /^(begin|start transaction|commit|rollback)\b/i.test(sql);
  return isBare ? sql : `${sql}\n/* ${comment} */`;
}

const nothingSent: Answer = { columns: [], rows: [], rowsAffected: null, queryId: undefined };

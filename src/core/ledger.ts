import type { Cell, Table } from './adapter.ts';
import { targetNameIn } from './aside-relations.ts';
import type { StagedContent } from './materialization.ts';
import type { Relation } from './relation.ts';
import type { Statements } from './statements.ts';

/**
 * What was done with new data of an asset: it became visible, it was put aside, or it was thrown away later. Data that
 * became visible although it had been put aside has both, `published` and `released`. `kept`: of all partitions that
 * were published by earlier runs, only those of the entry are still there; none of them where the table was made anew.
 * `narrowed`: partitions became visible without all of their rows (`--empty`, `--sample`), and are still to be built; of
 * a table in quarantine, which has `quarantined` beside it, that they will have been once it is released.
 */
export type LedgerEvent = 'published' | 'narrowed' | 'quarantined' | 'released' | 'dropped' | 'kept';

/**
 * A row of the ledger: a small table beside the data, to which each publication is written in its own transaction. So
 * data and ledger can never disagree, whenever a process dies; whatever else remembers publications learns them from it.
 */
export interface LedgerEntry {
  readonly event: LedgerEvent;
  /** Unique id of the node. */
  readonly asset: string;
  /** Empty for an asset that is not kept by partitions. */
  readonly partitionKey: string;
  /** The run that made the data. */
  readonly runId: string;
  /** Hash of the SQL that made the data. */
  readonly codeVersion: string;
  readonly rows: number | null;
  /** What the data was: all of the asset, or rows that are brought into it. */
  readonly content: StagedContent;
  /**
   * The table of the ledger's schema in which the data stands: the asset's own, or one in quarantine. Null in what was
   * noted before this was: of whichever table.
   */
  readonly relation: string | null;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/**
 * An asset as a target keeps it. Targets that share a schema share its ledger, too, and may each have a table of their own
 * for an asset.
 */
export interface LedgerOwner {
  readonly unique_id: string;
  /** The name of its table. */
  readonly alias: string;
}

const ledgerName = '__ingot_publications';

const columns = {
  event: 'varchar',
  asset: 'varchar',
  partition_key: 'varchar',
  run_id: 'varchar',
  code_version: 'varchar',
  rows_affected: 'bigint',
  content: 'varchar',
  relation: 'varchar',
  at_ms: 'bigint',
};

/** The ledger of the schema that a relation stands in. However the project quotes, its own name never needs it. */
export function ledgerOf({ database, schema, quote }: Relation): Relation {
  const own = quote && { ...quote, identifier: false };
  return { database, schema, identifier: ledgerName, type: 'table', quote: own };
}

export function createLedger(ledger: Relation, statements: Statements): string {
  const lines = Object.entries(columns).map(([name, type]) => `  ${name} ${type}`);
  return `create table if not exists ${statements.renderRelation(ledger)} (\n${lines.join(',\n')}\n)`;
}

/** Rows are only ever added, so that publications at the same time do not collide. */
export function writeLedger(ledger: Relation, entry: LedgerEntry, statements: Statements): string {
  const text = (value: string | null): string => (value === null ? 'null' : statements.literal(value));
  const values = [
    text(entry.event),
    text(entry.asset),
    text(entry.partitionKey),
    text(entry.runId),
    text(entry.codeVersion),
    String(entry.rows ?? 'null'),
    text(entry.content),
    text(entry.relation),
    String(Math.round(entry.at)),
  ];
  return `insert into ${statements.renderRelation(ledger)} (${Object.keys(columns).join(', ')})\nvalues (${values.join(', ')})`;
}

/**
 * What a ledger says of some assets and their tables: `from` and `where` of a query, to which conditions can be added. A join
 * costs a third of what it costs to look for each row among many pairs.
 */
export function entriesOf(ledger: Relation, owners: readonly LedgerOwner[], statements: Statements): string {
  const pairs = owners.map(
    ({ unique_id: id, alias }) => `(${[id, alias.toLowerCase()].map((text) => statements.literal(text)).join(', ')})`,
  );
  const name = `case when event in ('published', 'narrowed', 'kept') then relation else ${targetNameIn('relation', statements)} end`;
  return `from ${statements.renderRelation(ledger)}
join (values ${pairs.join(', ')}) as owners (owner_id, owner_table) on asset = owner_id
where (relation is null or lower(${name}) = owner_table)`;
}

/**
 * A query for what a ledger says, oldest first; `ledgerEntries` reads its rows.
 *
 * @param only of one asset and its table, from a moment on, in milliseconds since 1970. Default: everything.
 */
export function readLedger(
  ledger: Relation,
  statements: Statements,
  only?: { readonly owner: LedgerOwner; readonly since: number },
): string {
  const from = only
    ? `${entriesOf(ledger, [only.owner], statements)} and at_ms >= ${Math.floor(only.since)}`
    : `from ${statements.renderRelation(ledger)}`;
  return `select ${Object.keys(columns).join(', ')}\n${from}\norder by at_ms`;
}

/** A query that has a row where a ledger says anything of an asset and its table. */
export function findInLedger(ledger: Relation, owner: LedgerOwner, statements: Statements): string {
  return `select asset\n${entriesOf(ledger, [owner], statements)}\nlimit 1`;
}

/** A query for the assets that have partitions, as a ledger says: those published since their table was last made whole. */
export function formerlyKept(ledger: Relation, statements: Statements): string {
  const last = (has: string): string => `max(case when partition_key ${has} '' then at_ms end)`;
  return `select asset\nfrom ${statements.renderRelation(ledger)}
where event in ('published', 'kept')
group by asset, relation
having ${last('<>')} >= coalesce(${last('=')}, 0)`;
}

/** A query for how many rows a ledger has of an asset and its table. They only ever become more. */
export function countInLedger(ledger: Relation, owner: LedgerOwner, statements: Statements): string {
  return `select count(*)\n${entriesOf(ledger, [owner], statements)}`;
}

/** The rows of `readLedger`. */
export function ledgerEntries({ rows }: Table): LedgerEntry[] {
  const text = (cell: Cell | undefined): string => String(cell ?? '');
  return rows.map(([event, asset, partitionKey, runId, codeVersion, count, content, relation, at]) => ({
    event: text(event) as LedgerEvent,
    asset: text(asset),
    partitionKey: text(partitionKey),
    runId: text(runId),
    codeVersion: text(codeVersion),
    rows: count === null ? null : Number(count),
    content: text(content) as StagedContent,
    relation: relation === null ? null : text(relation),
    at: Number(at),
  }));
}

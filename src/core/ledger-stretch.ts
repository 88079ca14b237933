import type { Cell, Session, Table } from './adapter.ts';
import { entriesOf, type LedgerEvent, type LedgerOwner } from './ledger.ts';
import type { StagedContent } from './materialization.ts';
import type { Relation } from './relation.ts';
import type { Statements } from './statements.ts';

/** What one run did with some partitions of one asset, put together from the rows of a ledger. */
export interface LedgerStretch {
  readonly asset: string;
  readonly event: LedgerEvent;
  readonly content: StagedContent;
  readonly runId: string;
  readonly codeVersion: string;
  /** As the ledger has them, with `;` between: `readKeySet` reads them. Empty for an asset without partitions. */
  readonly keys: string;
  readonly rows: number | null;
  /** Milliseconds since 1970: the first and the last of its rows. */
  readonly from: number;
  readonly to: number;
  /**
   * Stretches of different runs in the order in which they happened. Those of one run have one number, as far as no other
   * run came between: within a run, what reads something is always built after it.
   */
  readonly order: number;
}

export interface StretchRequest {
  readonly owners: readonly LedgerOwner[];
  /** Only rows that may be about these partitions, by their keys. Default: all. */
  readonly keys?: readonly string[] | undefined;
  /** Only these runs, whose rows are taken apart where another of them comes between. Default: all, each as one. */
  readonly runs?: readonly string[] | undefined;
}

/**
 * A query for what some ledgers say, of which `ledgerStretches` reads the rows: few, however many partitions there are,
 * because those of one run are put together.
 *
 * @param ledgers one for each schema; at least one.
 */
export function readStretches(
  ledgers: readonly Relation[],
  { owners, keys, runs }: StretchRequest,
  statements: Statements,
): string {
  const list = (texts: readonly string[]): string => texts.map((text) => statements.literal(text)).join(', ');
  const ofKeys = keys === undefined ? '' : ` and (${keyCondition(list(['', ...keys]))})`;
  const ofRuns = runs === undefined ? '' : ` and run_id in (${list(runs)})`;
  const entries = ledgers.map(
    (ledger) =>
      `select asset, event, content, run_id, code_version, rows_affected, partition_key, at_ms\n${entriesOf(ledger, owners, statements)}${ofKeys}${ofRuns}`,
  );
  return `with entries as (\n${entries.join('\nunion all\n')}\n), ${runs ? counted : uncounted}
select asset, event, content, run_id, code_version, stretch, sum(rows_affected), min(at_ms), max(at_ms), listagg(partition_key, ';')
from stretches
group by asset, event, content, run_id, code_version, stretch`;
}

/** Sets of several partitions are looked at whatever they hold. */
const keyCondition = (keys: string): string =>
  `partition_key in (${keys}) or event = 'kept' or partition_key like '%..%' or partition_key like '%,%' or partition_key like '%;%'`;

const uncounted = 'stretches as (select *, 0 as stretch from entries)';

/** A stretch ends where a row of another run follows. */
const counted = `marked as (
select *, case when run_id = lag(run_id) over (order by at_ms, run_id) then 0 else 1 end as begins from entries
), stretches as (
select *, sum(begins) over (order by at_ms, run_id rows between unbounded preceding and current row) as stretch from marked
)`;

/** Asks for what some ledgers say, the newest first; a second time where runs went on at the same time as others. */
export async function askStretches(
  ledgers: readonly Relation[],
  request: Omit<StretchRequest, 'runs'>,
  session: Pick<Session, 'query'>,
  statements: Statements,
): Promise<readonly LedgerStretch[]> {
  const ask = (runs?: readonly string[]): Promise<Table> =>
    session.query(readStretches(ledgers, { ...request, runs }, statements));
  const table = await ask();
  const { stretches, overlapping } = ledgerStretches(table);
  return overlapping.length === 0 ? stretches : ledgerStretches(table, await ask(overlapping)).stretches;
}

/** What the rows of `readStretches` say, the newest first. */
export interface ReadStretches {
  readonly stretches: readonly LedgerStretch[];
  /** Runs that went on at the same time as others: what they did has to be read once more, as `runs`. */
  readonly overlapping: readonly string[];
}

/** @param apart the rows of a second reading, of the runs that the first found to overlap. */
export function ledgerStretches(table: Table, apart?: Table): ReadStretches {
  const found = table.rows.map(readRow);
  const turns = turnsOf(found);
  const overlapping = [...turns].flatMap(([runId, { alone }]) => (alone ? [] : [runId]));
  const shared = new Set(overlapping);
  const again = apart?.rows.map(readRow) ?? [];
  const last = Math.max(0, ...again.map(({ order }) => order));
  const stretches = [
    ...found.filter(({ runId }) => !apart || !shared.has(runId)).map((stretch) => ({ stretch, within: 0 })),
    ...again.map((stretch) => ({ stretch, within: stretch.order / (last + 1) })),
  ].map(({ stretch, within }) => ({ ...stretch, order: (turns.get(stretch.runId)?.turn ?? 0) + within }));
  return { stretches: stretches.sort((one, other) => other.order - one.order || laterEvent(one, other)), overlapping };
}

function readRow(row: readonly Cell[]): LedgerStretch {
  const [asset, event, content, runId, codeVersion, stretch, rows, from, to, keys] = row;
  const text = (cell: Cell | undefined): string => String(cell ?? '');
  return {
    asset: text(asset),
    event: text(event) as LedgerEvent,
    content: text(content) as StagedContent,
    runId: text(runId),
    codeVersion: text(codeVersion),
    keys: text(keys),
    rows: rows === null ? null : Number(rows),
    from: Number(from),
    to: Number(to),
    order: Number(stretch),
  };
}

/** Within a run old partitions go first, then data is put aside, and settled later. */
function laterEvent(one: LedgerStretch, other: LedgerStretch): number {
  const age = ({ event }: LedgerStretch): number => (event === 'kept' ? 2 : event === 'quarantined' ? 1 : 0);
  return age(one) - age(other) || (one.asset < other.asset ? -1 : one.asset > other.asset ? 1 : 0);
}

interface Turn {
  /** Runs that overlap have the same. */
  readonly turn: number;
  readonly alone: boolean;
}

/** Runs in the order in which they took place. */
function turnsOf(stretches: readonly LedgerStretch[]): ReadonlyMap<string, Turn> {
  const spans = new Map<string, { readonly from: number; readonly to: number }>();
  for (const { runId, from, to } of stretches) {
    const known = spans.get(runId);
    spans.set(runId, { from: Math.min(from, known?.from ?? from), to: Math.max(to, known?.to ?? to) });
  }
  const groups: { runs: string[]; to: number }[] = [];
  for (const [runId, { from, to }] of [...spans].sort(([, one], [, other]) => one.from - other.from)) {
    const last = groups.at(-1);
    if (last && from <= last.to) {
      last.runs.push(runId);
      last.to = Math.max(last.to, to);
    } else {
      groups.push({ runs: [runId], to });
    }
  }
  return new Map(
    groups.flatMap(({ runs }, turn) => runs.map((id): [string, Turn] => [id, { turn, alone: runs.length === 1 }])),
  );
}

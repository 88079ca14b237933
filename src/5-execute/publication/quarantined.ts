import {
  intersectKeys,
  isNone,
  type LedgerEntry,
  ledgerEntries,
  ledgerOf,
  type PartitionDefinition,
  type Relation,
  type RelationCache,
  readKeySet,
  readLedger,
  type Session,
  type Statements,
  targetNameOf,
} from '../../core/index.ts';

/** Data that failed its tests and is kept beside the table that it was made for. */
export interface Quarantined {
  readonly entry: LedgerEntry;
  /** Where it stands. */
  readonly relation: Relation;
  /** When data that was made later was published, in milliseconds since 1970: this is out of date. Else undefined. */
  readonly supersededAt: number | undefined;
  /** Whether it has not all rows of its partitions: they are still to be built once it is released. */
  readonly isNarrowed: boolean;
}

/** How an asset is kept. */
export interface KeptAsset {
  /** The name of its table. */
  readonly alias: string;
  /** Undefined: it is not kept by partitions. */
  readonly partitions: PartitionDefinition | undefined;
}

/**
 * What is in quarantine in some schemas, oldest first: what the ledger says, as far as it is still there. What other
 * targets have put aside for tables of their own is theirs.
 *
 * @param schemas each once; `identifier` does not matter.
 * @param keptAs how an asset is kept; undefined: there is none any more.
 */
export async function readQuarantined(
  schemas: readonly Relation[],
  { session, relations, statements }: { session: Session; relations: RelationCache; statements: Statements },
  keptAs: (asset: string) => KeptAsset | undefined,
): Promise<readonly Quarantined[]> {
  const found: Quarantined[] = [];
  for (const schema of schemas) {
    const ledger = ledgerOf(schema);
    if (!(await relations.get(session, ledger))) continue;
    const entries = ledgerEntries(await session.query(readLedger(ledger, statements)));
    const standing = await relations.list(session, schema.database, schema.schema ?? '', schema.quote);
    const names = new Map(standing.map((relation) => [relation.identifier?.toLowerCase(), relation]));
    for (const entry of openQuarantines(entries)) {
      const relation = names.get(entry.relation?.toLowerCase());
      const kept = keptAs(entry.asset);
      if (!relation || (kept && !isAboutTable(kept.alias, entry))) continue;
      const isNarrowed = entries.some(({ event, relation: of }) => event === 'narrowed' && of === entry.relation);
      found.push({ entry, relation, supersededAt: publishedAfter(entry, entries, kept?.partitions), isNarrowed });
    }
  }
  return found.sort((a, b) => a.entry.at - b.entry.at);
}

/** Whether an entry is about a table of an asset. */
function isAboutTable(name: string, { relation }: LedgerEntry): boolean {
  return relation === null || targetNameOf(relation).toLowerCase() === targetNameOf(name).toLowerCase();
}

/** What was put into quarantine and neither released nor dropped since. */
function openQuarantines(entries: readonly LedgerEntry[]): readonly LedgerEntry[] {
  const gone = new Set(
    entries.filter(({ event }) => event === 'released' || event === 'dropped').map(({ relation }) => relation),
  );
  return entries.filter(({ event, relation }) => event === 'quarantined' && !gone.has(relation));
}

/** When newer data of the same partitions was first published. What was released is as old as when it was put aside. */
function publishedAfter(
  quarantined: LedgerEntry,
  entries: readonly LedgerEntry[],
  definition: PartitionDefinition | undefined,
): number | undefined {
  const ofAsset = entries.filter(
    (entry) =>
      entry.asset === quarantined.asset &&
      isAboutTable(quarantined.relation ?? '', entry) &&
      overlap(entry.partitionKey, quarantined.partitionKey, definition),
  );
  const made = ({ runId, partitionKey }: LedgerEntry): string => `${runId} ${partitionKey}`;
  const madeAt = new Map(ofAsset.flatMap((entry) => (entry.event === 'quarantined' ? [[made(entry), entry.at]] : [])));
  const newer = ofAsset.find(
    (entry) => entry.event === 'published' && (madeAt.get(made(entry)) ?? entry.at) > quarantined.at,
  );
  return newer?.at;
}

/** The key of an asset's whole is empty. */
function overlap(one: string, other: string, definition: PartitionDefinition | undefined): boolean {
  if (one === other || one === '' || other === '') return true;
  if (!definition) return false;
  return !isNone(intersectKeys(readKeySet(definition, one).set, readKeySet(definition, other).set));
}

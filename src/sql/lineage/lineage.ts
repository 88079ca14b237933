/** How a value gets from a base column into an output column; the later word wins where several hold. */
export type How = 'copied' | 'computed' | 'aggregated';

/** What a column that gives no value does to the rows. */
export type FilterHow = 'filter' | 'join' | 'group' | 'order';

/** A table or view that a query reads and that is not defined in the query itself. */
export interface BaseRelation {
  /** As the schema spells it; for a relation that the schema does not have, as the query does, letter case folded. */
  readonly name: string;
  /** Whether its columns are known. */
  readonly known: boolean;
  /** A recursive common table while its own columns are being worked out: stands for them, and is none that users see. */
  readonly recursion?: boolean;
}

/** A column of a base relation. There is one object a column and analysis, so that maps can have it as a key. */
export interface BaseColumn {
  readonly relation: BaseRelation;
  /** `*` stands for all columns of a relation whose columns are unknown. */
  readonly name: string;
}

/** The base columns that a value is taken from. */
export type Lineage = ReadonlyMap<BaseColumn, How>;

export const noLineage: Lineage = new Map();

const strength: Readonly<Record<How, number>> = { copied: 0, computed: 1, aggregated: 2 };

/** The stronger of two ways: an aggregate of something computed is aggregated. */
export function stronger(one: How, other: How): How {
  return strength[one] >= strength[other] ? one : other;
}

/** Where the columns that an expression reads are written down while it is looked through, and how they come there. */
export interface Flow {
  readonly how: How;
  readonly into: Map<BaseColumn, How>;
}

/** A flow for a new value. Its `into` becomes the value's lineage. */
export function startFlow(into: Map<BaseColumn, How> = new Map()): Flow {
  return { how: 'copied', into };
}

/** The flow for what stands inside an operator or a call (`computed`), or inside an aggregate. */
export function through(how: How, flow: Flow): Flow {
  const now = stronger(how, flow.how);
  return now === flow.how ? flow : { how: now, into: flow.into };
}

/** Reads a value into another. */
export function pour(lineage: Lineage, flow: Flow): void {
  for (const [column, how] of lineage) pourColumn(column, how, flow);
}

/** Reads one base column, which has come `how` until here, into a value. */
export function pourColumn(column: BaseColumn, how: How, flow: Flow): void {
  const before = flow.into.get(column);
  const now = stronger(how, flow.how);
  flow.into.set(column, before === undefined ? now : stronger(before, now));
}

/** The lineage of a value that is one of several: of a set operation's arms, for example. */
export function union(lineages: readonly Lineage[]): Lineage {
  const [first = noLineage, ...rest] = lineages.filter((lineage) => lineage.size > 0);
  if (rest.every((lineage) => lineage === first)) return first;
  const flow = startFlow(new Map(first));
  for (const lineage of rest) pour(lineage, flow);
  return flow.into;
}

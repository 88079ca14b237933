import { type Node, sameJson } from '../../core/index.ts';
import { withoutComments } from '../../sql/index.ts';
import { namedBy, type Renames, sharedColumns } from './catalogue.ts';
import type { ChangedMacros } from './macros.ts';
import {
  differenceOf,
  joinDifferences,
  type Meaning,
  type MeaningDifference,
  meaningOf,
  type Tables,
} from './meaning.ts';
import { sameTemplate } from './same-template.ts';
import type { Side, SideQuery } from './side.ts';

/** Two states of a project that are compared, and what was found of them so far. */
export interface Comparison {
  readonly base: Side;
  readonly head: Side;
  readonly macros: ChangedMacros;
  readonly renames: Renames;
}

/** What is other in a node's own code; what it reads counts as the same. */
export type CodeDifference =
  | { readonly kind: 'same' }
  | { readonly kind: 'meaning'; readonly difference: MeaningDifference }
  /** Nobody can tell what the difference does. */
  | { readonly kind: 'unknown' };

const same: CodeDifference = { kind: 'same' };
const unknown: CodeDifference = { kind: 'unknown' };

/** Compares the code of a node before and now. Given that everything that could make it another is looked at already. */
export async function compareCode(
  before: Node,
  after: Node,
  { base, head, renames }: Pick<Comparison, 'base' | 'head' | 'renames'>,
): Promise<CodeDifference> {
  const id = after.unique_id;
  const [then, now] = [await base.compiled(id), await head.compiled(id)];
  if (!then || !now) return unknown;
  const dialect = head.dialect?.name;
  const bare = (sql: string): string => (dialect === undefined ? sql.trim() : withoutComments(sql, { dialect }));
  const shared = Math.min(then.length, now.length);
  const textsOf = (texts: typeof now): string => JSON.stringify(texts.slice(0, shared).map(({ sql }) => bare(sql)));
  if (textsOf(then) === textsOf(now)) return same;
  const [queriesThen, queriesNow] = [await base.queries(id), await head.queries(id)];
  if (!queriesThen || !queriesNow) return unknown;
  const names = [...new Set([...namedBy(before), ...namedBy(after)])];
  const columns = await sharedColumns(names, base, head, renames);
  const difference = compareQueries(queriesThen, queriesNow, columns.before, columns.now);
  return difference ? { kind: 'meaning', difference } : unknown;
}

/** Undefined where the queries are too large to be compared. */
export function compareQueries(
  then: readonly SideQuery[],
  now: readonly SideQuery[],
  tables: Tables,
  tablesNow: Tables = tables,
): MeaningDifference | undefined {
  const shared = Math.min(then.length, now.length);
  return compareMeanings(meaningsOf(then.slice(0, shared), tables), meaningsOf(now.slice(0, shared), tablesNow));
}

/** Of all variants of a node's SQL; undefined where one is too large. */
export function meaningsOf(queries: readonly SideQuery[], tables: Tables): readonly Meaning[] | undefined {
  const found = queries.flatMap((query) => meaningOf(query, tables) ?? []);
  return found.length === queries.length ? found : undefined;
}

export function compareMeanings(
  before: readonly Meaning[] | undefined,
  after: readonly Meaning[] | undefined,
): MeaningDifference | undefined {
  return before && after && joinDifferences(after.map((one, index) => differenceOf(before[index]!, one)));
}

/**
 * Whether nothing is other of which the code of a node is made: its template, the macros that it calls, variables,
 * settings that a template may look at. Space and comments do not count.
 */
export function sameIngredients(before: Node, after: Node, comparison: Comparison): boolean {
  return sameText(before, after, comparison) && sameJson(settingsOf(before), settingsOf(after));
}

/** As `sameIngredients`, settings of the node aside. */
export function sameText(before: Node, after: Node, { base, head, macros }: Comparison): boolean {
  const [then, now] = [base.graph.project.settings, head.graph.project.settings];
  return (
    sameTemplate(before.raw_code, after.raw_code, head.dialect?.name) &&
    macros.calledBy(after, before).length === 0 &&
    sameJson(before.depends_on.nodes, after.depends_on.nodes) &&
    sameJson(
      [then.vars, then.dispatch, then.quoting, then.dialect],
      [now.vars, now.dispatch, now.quoting, now.dialect],
    ) &&
    sameJson(packageVars(before, base), packageVars(after, head))
  );
}

const packageVars = ({ package_name: name }: Node, { graph }: Side): unknown =>
  graph.project.packages.get(name)?.vars ?? null;

/** Settings that decide nothing about the SQL unless a template looks at them. */
function settingsOf(node: Node): unknown {
  const { tags, meta, description, docs, ...config } = node.config;
  const reads = /\b(model|graph|config)\s*(\.|\[)/.test(node.raw_code);
  return [
    reads ? [config, tags, meta, description, docs, node.columns] : config,
    node.alias,
    node.schema,
    node.database,
  ];
}

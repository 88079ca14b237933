import type { Span } from '../span.ts';

/**
 * How far a change reaches. Each class may do what those before it do:
 *
 * - `none`: nothing that a reader of the data could tell;
 * - `additive`: new columns or nodes, which nobody reads yet;
 * - `values`: columns that were there may have other values;
 * - `rows`: other rows may come out: filters, joins, grain;
 * - `breaking`: a column or node that somebody reads is gone or has another type, or a contract is broken.
 */
export type ChangeClass = 'none' | 'additive' | 'values' | 'rows' | 'breaking';

/** From that which reaches least to that which reaches furthest. */
export const changeClasses: readonly ChangeClass[] = ['none', 'additive', 'values', 'rows', 'breaking'];

/** Negative where `one` reaches less far than `other`. */
export function compareChangeClasses(one: ChangeClass, other: ChangeClass): number {
  return changeClasses.indexOf(one) - changeClasses.indexOf(other);
}

/** What of a node is other than it was. */
export type ChangedPart =
  | 'node'
  | 'sql'
  | 'column'
  | 'config'
  | 'contract'
  | 'seed'
  | 'source'
  | 'test'
  | 'unit_test'
  | 'macro'
  | 'variable'
  | 'hook'
  | 'grants'
  | 'package'
  | 'description';

/** One thing that a change does, with the class that it has by itself. */
export interface ChangeReason {
  readonly part: ChangedPart;
  readonly class: ChangeClass;
  /** One sentence without a full stop at its end, for people. */
  readonly text: string;
  /** Where in the head's files, where that can be told. */
  readonly span?: Span | undefined;
}

/** What became of one column of a node. */
export interface ColumnChange {
  readonly name: string;
  readonly kind: 'added' | 'removed' | 'renamed' | 'retyped' | 'nullable' | 'meaning';
  /** The name that a renamed column had. */
  readonly from?: string | undefined;
  /** Types as the warehouse calls them; undefined where they are not known. */
  readonly before?: string | undefined;
  readonly after?: string | undefined;
  /** Unique ids of nodes that read the column, as base or head has them. */
  readonly readers: readonly string[];
}

/** What a person wrote in the project about a break that is meant. */
export interface AcceptedBreak {
  readonly reason: string;
  /** `YYYY-MM-DD`: the last day on which it is accepted. */
  readonly until: string;
}

/** What changed in a node. Nodes in which nothing did are not listed, nor are tests: they are parts of what they test. */
export interface NodeChange {
  /** Unique id. */
  readonly id: string;
  readonly name: string;
  readonly resourceType: string;
  /** The file in the head; of a removed node that in the base. Relative to the project folder. */
  readonly file: string;
  readonly change: 'added' | 'removed' | 'modified';
  /** The furthest of its reasons. */
  readonly class: ChangeClass;
  readonly reasons: readonly ChangeReason[];
  readonly columns: readonly ColumnChange[];
  /** Its parents that changed or are affected: edges for a picture. */
  readonly through?: readonly string[] | undefined;
  /** Whether the difference was judged by the SQL's meaning; else by dbt's rule, with which any other text counts. */
  readonly understood: boolean;
  /** Set where the break is accepted, today; it does not count for `--fail-on` then. */
  readonly accepted?: AcceptedBreak | undefined;
}

/** A node that did not change itself and whose data, or result, a change can alter. */
export interface AffectedNode {
  readonly id: string;
  readonly name: string;
  /** `model`, `snapshot`, `test`, `unit_test`, `exposure`, `metric`, … */
  readonly resourceType: string;
  readonly file: string;
  /** What can happen to it. */
  readonly class: Exclude<ChangeClass, 'none'>;
  /** The changed nodes that it is affected by, each with the columns of it that reach here; empty: its rows do. */
  readonly by: readonly { readonly id: string; readonly columns: readonly string[] }[];
  /** Its parents on the way there, changed or affected: edges for a picture. */
  readonly through: readonly string[];
}

/** What is different between two states of a project. */
export interface ProjectChanges {
  /** In the order of the graph, removed nodes last. */
  readonly nodes: readonly NodeChange[];
  /** In the order of the graph. */
  readonly affected: readonly AffectedNode[];
}

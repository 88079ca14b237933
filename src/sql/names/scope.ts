import type { Lineage, Reads } from '../lineage/index.ts';
import type { Expression, NamedWindow, Place } from '../tree.ts';
import type { SqlType } from '../types/index.ts';
import type { Frame } from './frame.ts';
import type { RelationColumn } from './relation.ts';
import type { AliasClause } from './rules.ts';
import type { Tables } from './tables.ts';

/** Where an expression stands, as far as that decides what its names mean and what it may hold. */
export type Clause = AliasClause | 'from' | 'match' | 'limit' | 'values';

/** What is known of an expression beside its type. */
export interface Contents {
  /** It has an aggregate that is no window function. */
  readonly aggregates: boolean;
  readonly windows: boolean;
}

/** An output column that others may call by its alias. Looked through when first asked for. */
export interface Alias {
  readonly position: number;
  readonly expression: Expression;
  /** Undefined while it is being looked through: an alias does not see itself. */
  readonly column: () => (RelationColumn & Contents) | undefined;
}

/** A name that an expression brings along: a lambda's parameter, a comprehension's variable. */
export interface Local {
  readonly type: SqlType;
  readonly nullable: boolean;
  readonly lineage: Lineage;
}

/** What one SELECT, with its frame, has turned out to hold so far. */
export interface Level {
  aggregates: number;
  windows: number;
  /** Names that were found only in a query around this one. */
  outerReads: number;
  readonly namedWindows: ReadonlyMap<string, NamedWindow>;
  readonly hierarchical: boolean;
  /** Keys that the query groups by, once they are known. */
  grouped: ReadonlySet<string>;
}

/** All that decides what a name means at some place. */
export interface Scope {
  /** The query around, whose columns a correlated subquery sees. */
  readonly outer: Scope | undefined;
  readonly frame: Frame;
  readonly tables: Tables | undefined;
  readonly reads: Reads;
  readonly level: Level;
  readonly clause: Clause;
  readonly aliases?: ReadonlyMap<string, Alias>;
  /** Only aliases at positions before this one are seen. */
  readonly aliasesBefore?: number;
  readonly locals?: ReadonlyMap<string, Local>;
  /** What `COLUMNS(…)` stands for at the moment. */
  readonly repeated?: RelationColumn;
  /** The aggregate or window function around. */
  readonly inside?: 'aggregate' | 'window';
}

export function startLevel(
  windows: readonly NamedWindow[],
  hierarchical: boolean,
  keyOf: (window: NamedWindow) => string,
): Level {
  return {
    aggregates: 0,
    windows: 0,
    outerReads: 0,
    namedWindows: new Map(windows.map((window) => [keyOf(window), window])),
    hierarchical,
    grouped: new Set(),
  };
}

/** Something that is wrong with a text, before line and column are worked out. */
export interface Problem extends Place {
  readonly code: string;
  readonly severity: 'error' | 'warning';
  readonly message: string;
  readonly hint?: string;
}

import { hash } from 'node:crypto';
import type { Diagnostic, Json } from '../../core/index.ts';
import type { MacroFacts } from '../macros/macro-facts.ts';
import type { PropertiesFacts } from '../properties/facts.ts';
import type { SnapshotFileFacts, SqlFacts } from '../sql/sql-facts.ts';

/** What a file says by itself: the same for every project, target and variable. Plain data, kept in the cache. */
export type FileFacts =
  | SqlFacts
  | SnapshotFileFacts
  | MacroFileFacts
  | DocsFacts
  | SeedFacts
  | PropertiesFileFacts
  | FixtureFacts;

export interface MacroFileFacts {
  readonly kind: 'macros';
  readonly macros: readonly MacroFacts[];
}

export interface DocsFacts {
  readonly kind: 'docs';
  readonly blocks: readonly DocFacts[];
}

export interface DocFacts {
  readonly name: string;
  readonly contents: string;
  readonly start: number;
  readonly end: number;
}

export interface SeedFacts {
  readonly kind: 'seed';
}

export interface FixtureFacts {
  readonly kind: 'fixture';
}

export interface PropertiesFileFacts extends PropertiesFacts {
  readonly kind: 'properties';
}

/** One file as parsing knows it. */
export interface FileRecord {
  readonly mtime: number;
  readonly size: number;
  /** dbt's checksum: SHA-256 of the text without blanks around it; of a large seed, its path. */
  readonly checksum: string;
  readonly facts: FileFacts;
  readonly diagnostics: readonly Diagnostic[];
  /** The file's text, or (properties) the details of its entries as JSON. */
  readonly detail: Detail;
  /** What rendering it gave, and what that depended on; by the name of the block, `''` for the whole file. */
  readonly renderings?: Readonly<Record<string, KeptRendering>> | undefined;
}

/** Something large that is read when it is asked for. */
export interface Detail {
  read(): string;
}

/** The outcome of a rendering, with what it read on the way. */
export interface KeptRendering {
  readonly calls: Json;
  readonly diagnostics?: readonly Diagnostic[];
  /** What the outcome depended on. */
  readonly reads: Reads;
}

/** What a rendering asked for outside of its own file. */
export interface Reads {
  /** Names that it looked up, with what they meant: the macro's unique id and text hash, or `-` for no macro. */
  readonly names: Readonly<Record<string, string>>;
  /** Variables with their values as Python writes them; undefined (missing) as null in a list of its own. */
  readonly vars?: Readonly<Record<string, string>>;
  readonly missingVars?: readonly string[];
  /** Environment variables with a mark of their value: the value itself may be a secret. */
  readonly env?: Readonly<Record<string, string | null>>;
}

/** A mark of an environment variable's value, equal for equal values. */
export function envMark(value: string | undefined): string | null {
  return value === undefined ? null : hash('sha256', value).slice(0, 16);
}

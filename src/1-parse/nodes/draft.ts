import type { CodeNode, Span } from '../../core/index.ts';
import type { ConfigKind } from '../config/fields.ts';
import type { LoadedFile } from '../files/load-files.ts';
import type { PackedCalls } from '../sql/sql-facts.ts';

export type DraftType = 'model' | 'seed' | 'snapshot' | 'analysis' | 'test' | 'operation' | 'function';

/** A node with code of its own as its file defines it, before anything else was heard about it. */
export interface Draft {
  readonly type: DraftType;
  readonly kind: ConfigKind;
  readonly uniqueId: string;
  readonly name: string;
  readonly packageName: string;
  readonly path: string;
  readonly originalPath: string;
  readonly fqn: readonly string[];
  readonly definition: Span;
  readonly checksum: CodeNode['checksum'];
  readonly rawCode: () => string;
  /** What its text says by itself, where it can be read off. */
  readonly calls: PackedCalls | undefined;
  /** The file that it comes from; undefined for hooks of the project file. */
  readonly file: LoadedFile | undefined;
  /** Which part of the file: the name of a snapshot's block. */
  readonly block: string;
  readonly tags: readonly string[];
  /** Default `sql`. */
  readonly language?: 'sql' | 'python';
  /** Of hooks. */
  readonly index?: number;
  /** Of seeds: the folder of the package. */
  readonly rootPath?: string;
}

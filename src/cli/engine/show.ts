import type { Diagnostic, Table } from '../../core/index.ts';

export interface ShowOutcome {
  readonly exitCode: 0 | 1 | 2;
  readonly diagnostics: readonly Diagnostic[];
  readonly previews: readonly Preview[];
}

export interface Preview {
  /** The node's name, with `.v2` for a version; `inline_query` for `--inline`. */
  readonly name: string;
  /** Its unique id. Default: it is no node. */
  readonly id?: string | undefined;
  readonly table: Table;
}

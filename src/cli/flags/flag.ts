import type { Json } from '../../core/index.ts';

/** An option of the command line, as dbt has it: name, default and environment variable are dbt's. */
export interface Flag {
  /** The long name without dashes: `full-refresh`. In artifacts and templates it is `full_refresh`. */
  readonly name: string;
  /** Other long names and single letters. */
  readonly aliases?: readonly string[];
  /**
   * `boolean` has a `--no-` form, `switch` has not; `words` takes all words up to the next option and may be repeated;
   * `mapping` is YAML or JSON text.
   */
  readonly kind: 'boolean' | 'switch' | 'text' | 'number' | 'choice' | 'words' | 'mapping';
  readonly choices?: readonly string[];
  readonly default: Json;
  /** Without its prefix: `FULL_REFRESH` is read from INGOT_, DBT_ENGINE_ and DBT_FULL_REFRESH, in this order. */
  readonly env?: string;
  readonly describe: string;
  /** Not shown by `--help`. */
  readonly hidden?: boolean;
  /**
   * `yes`: it does what dbt says. `idle`: nothing in Ingot needs it (no telemetry, no slow parser to switch off), so that
   * it is accepted and has no effect. `later`: its function is not built yet; using it is an error, never ignored.
   */
  readonly support: 'yes' | 'idle' | 'later';
}

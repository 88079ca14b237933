import type { Json } from '../../core/index.ts';

/** An option of the command line, as dbt has it: name, default and environment variable are dbt's. */
export interface Flag {
  /** The long name without dashes: `full-refresh`. In artifacts and templates it is `full_refresh`. */
  readonly name: string;
  /** Other long names and single letters. */
  readonly aliases?: readonly string[];
  /**
   * `boolean` has a `--no-` form, `switch` has not; `number` is whole, `decimal` need not be; `words` takes all words up to the next option and may be repeated;
   * `mapping` is YAML or JSON text.
   */
  readonly kind: 'boolean' | 'switch' | 'text' | 'number' | 'decimal' | 'choice' | 'words' | 'mapping';
  /** Whether white space in a word of `words` is a part of it (`--partition 'New York'`), and none is empty. Default: it separates words. */
  readonly spaced?: true;
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

/** An option that only Ingot has: no default, no variable of the environment. */
function option(kind: Flag['kind'], name: string, describe: string): Flag {
  return { name, kind, default: kind === 'switch' ? false : null, describe, support: 'yes' };
}

export const textOption = (name: string, describe: string): Flag => option('text', name, describe);
export const numberOption = (name: string, describe: string): Flag => option('number', name, describe);
export const decimalOption = (name: string, describe: string): Flag => option('decimal', name, describe);
export const switchOption = (name: string, describe: string): Flag => option('switch', name, describe);

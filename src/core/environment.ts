import type { Json, JsonObject } from './json.ts';

/**
 * All that a run takes from outside its files: target, variables, environment, flags, clock and ids. It arrives as an
 * argument, so that the same inputs give the same project, plan and statements.
 */
export interface Environment {
  /** Absolute path of the project folder. */
  readonly projectRoot: string;
  readonly target: Target;
  /** Variables of the command line (`--vars`); they win over those of the project file. */
  readonly vars: JsonObject;
  /** An environment variable, or undefined when it is not set. */
  readonly env: (name: string) => string | undefined;
  readonly flags: Flags;
  /** A UUID, new for every command. */
  readonly invocationId: string;
  /** When the command started. */
  readonly startedAt: Date;
  /** The clock, for `datetime.now()` in templates. Default: it stands at `startedAt`. */
  readonly now?: (() => Date) | undefined;
  /** A number from 0 to below 1, for the `random` filter. Default: always 0. */
  readonly random?: (() => number) | undefined;
  /** Environment variables `DBT_ENV_CUSTOM_ENV_x`, by x: `dbt_metadata_envs`, and `metadata.env` of artifacts. Default: none. */
  readonly metadataEnv?: JsonObject | undefined;
  /** Ingot's own version. */
  readonly version: string;
}

/** A named connection: one output of a profile. */
export interface Target {
  /** `dev`, `prod`, `ci`… */
  readonly name: string;
  readonly profileName: string;
  /** The adapter's type, the folder's name under `adapters/`. */
  readonly type: string;
  /** The SQL dialect that models are written in, in place of the project's. Default: what the project says. */
  readonly dialect?: string | undefined;
  readonly database: string | null;
  readonly schema: string;
  /** How many nodes run at once; default 1, as in dbt's profiles; 4 in project.yml. */
  readonly threads: number;
  /** What templates and people may see of the connection: no secrets. */
  readonly visible: JsonObject;
  /** The output as written, `env_var()` rendered. May hold secrets: never print it whole. */
  readonly output: Readonly<Record<string, Json>>;
}

/** Options of the command that templates and rooms may ask for. */
export interface Flags {
  /** `build`, `run`, `test`… as in dbt's `flags.WHICH`. */
  readonly which: string;
  readonly fullRefresh: boolean;
  readonly failFast: boolean;
  readonly storeFailures: boolean;
  readonly empty: boolean;
  readonly warnError: boolean;
  /** Whether a test that would warn fails, as `--warn-error-options` can say without `warnError`. Default: as that. */
  readonly failsForWarnings?: boolean | undefined;
  /** `--event-time-start` and `--event-time-end`: what microbatch models are built for. Default: their own settings. */
  readonly eventTimeStart?: Date | undefined;
  readonly eventTimeEnd?: Date | undefined;
  /** `--sample`: models and snapshots read only this stretch of what has an `event_time`. Default: everything. */
  readonly sample?: { readonly start: Date; readonly end: Date } | undefined;
  /** `flags:` of the project file: dbt's behaviour changes that a project has taken. Default: none. */
  readonly behavior?: JsonObject | undefined;
  /** Every other option as given, under dbt's upper-case name (`flags.INDIRECT_SELECTION`). */
  readonly others: JsonObject;
}

/** The numbers that the `random` filter draws with. */
export const chanceOf = ({ random }: Pick<Environment, 'random'>): (() => number) => random ?? noChance;

const noChance = (): number => 0;

/**
 * The partitions that an asset is kept by: one or more dimensions, in the order in which keys name them. No dimension at
 * all is an asset that is always built whole; see `unpartitioned`.
 */
export interface PartitionDefinition {
  readonly dimensions: readonly PartitionDimension[];
}

/** An asset without partitions: it has exactly one, whose key is the empty text. */
export const unpartitioned: PartitionDefinition = { dimensions: [] };

export type PartitionDimension = TimeDimension | StaticDimension | DynamicDimension;

interface DimensionBase {
  /** What mappings and templates call it. */
  readonly name: string;
  /** The column of the asset's own rows that says which partition a row belongs to. */
  readonly column?: string | undefined;
}

/** A stretch of time after the other, without gap or overlap, by the clocks of one place. */
export interface TimeDimension extends DimensionBase {
  readonly kind: 'time';
  readonly grain: TimeGrain;
  /** The first partition: its key (`2024-01`), or a local time within it (`2024-01-01 06:00`). */
  readonly start: string;
  /** The first partition that is no longer there, or a local time at which the last one ends; without it, none is last. */
  readonly end?: string | undefined;
  /** IANA name, `UTC` by default. */
  readonly timezone: string;
  /** Moves every boundary on the clock: with 6 hours, the day 2024-03-31 goes from 06:00 to 06:00. */
  readonly offset: TimeOffset;
}

export type TimeGrain =
  | { readonly kind: 'minutes'; readonly count: number }
  | { readonly kind: 'hour' }
  | { readonly kind: 'day' }
  | { readonly kind: 'week'; readonly startsOn: Weekday }
  | { readonly kind: 'month' }
  | { readonly kind: 'quarter' }
  | { readonly kind: 'year' }
  /** From each time of the expression to the next. */
  | { readonly kind: 'cron'; readonly expression: string };

export const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
export type Weekday = (typeof weekdays)[number];

/** Each may be negative: a day with -2 hours begins at 22:00 of the day before. */
export interface TimeOffset {
  /** For quarters and years: a year with 3 months begins in April. */
  readonly months: number;
  readonly days: number;
  readonly hours: number;
  readonly minutes: number;
}

export const noOffset: TimeOffset = { months: 0, days: 0, hours: 0, minutes: 0 };

/** Values that are known from the configuration. */
export interface StaticDimension extends DimensionBase {
  readonly kind: 'static';
  readonly values: readonly string[];
}

/** Values that come while the project lives. */
export interface DynamicDimension extends DimensionBase {
  readonly kind: 'dynamic';
  /** The name of the list of values; assets that name the same list share it. */
  readonly keys: string;
  /** A query, as a template, whose first column has the values. Default: people and programs add them. */
  readonly query?: string | undefined;
  /** Those that there are now; undefined where nobody has looked. What `PartitionExtent` says counts before them. */
  readonly values?: readonly string[] | undefined;
}

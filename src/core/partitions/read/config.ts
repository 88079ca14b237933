/**
 * What people write as `partitions:` in a model's config. By time:
 *
 * ```yaml
 * partitions: {time: day, start: 2024-01-01, timezone: Europe/Berlin, column: sold_at}
 * partitions: {time: 15 minutes, start: 2024-01-01, column: read_at}
 * partitions: {time: week, week_start: sunday, start: 2024-01-07, column: sold_on}
 * partitions: {time: year, offset: 3 months, start: 2020, column: booked_on}   # fiscal years from April
 * partitions: {cron: '0 6 * * mon-fri', start: 2024-01-01, timezone: America/New_York, column: received_at}
 * ```
 *
 * by values, known or added while the project lives:
 *
 * ```yaml
 * partitions: {values: [EU, US], column: region}
 * partitions: {dynamic: customers, column: customer_id}
 * partitions: {dynamic: {from: ref('stores'), column: region}, column: region}
 * ```
 *
 * by several dimensions at once, in the order in which keys name them (`2024-03-31|EU`):
 *
 * ```yaml
 * partitions:
 *   dimensions:
 *     day: {time: day, start: 2024-01-01, column: sold_at}
 *     region: {values: [EU, US], column: region}
 * ```
 *
 * or by the name of a definition under `partitions:` in project.yml, with the columns of this model:
 *
 * ```yaml
 * partitions: daily
 * partitions: {use: daily, column: sold_at}
 * partitions: {use: day_and_region, columns: {day: sold_at, region: region_code}}
 * partitions: {dimensions: {day: {use: daily, column: sold_at}, region: regions}}
 * ```
 */
export type PartitionsConfig = string | DimensionConfig | UseConfig | DimensionsConfig;

export type DimensionConfig = TimeConfig | CronConfig | StaticConfig | DynamicConfig;

interface NamedConfig {
  /** What mappings and templates call the dimension. Default: `time`; the column, or `value`; the list of a dynamic one. */
  readonly name?: string;
  /** The column of the model's own rows that says which partition a row belongs to. */
  readonly column?: string;
}

interface ClockConfig extends NamedConfig {
  /** The first partition, or a date or time within it. */
  readonly start: string | number;
  /** The first partition that is no longer there, or the time at which the last one ends. Default: no end. */
  readonly end?: string | number;
  /** IANA name. Default: UTC. */
  readonly timezone?: string;
}

export interface TimeConfig extends ClockConfig {
  /** `minute`, `hour`, `day`, `week`, `month`, `quarter`, `year`, or a number of minutes or hours that divides a day. */
  readonly time: string;
  /** For weeks. Default: monday. */
  readonly week_start?: string;
  /** Moves every boundary on the clock: `6 hours`, `-90 minutes`, or `{days: 4, hours: 6}`. Default: not at all. */
  readonly offset?: string | Readonly<Record<string, number>>;
}

export interface CronConfig extends ClockConfig {
  /** Five fields; a partition goes from each time to the next. */
  readonly cron: string;
}

export interface StaticConfig extends NamedConfig {
  readonly values: readonly (string | number | boolean)[];
}

export interface DynamicConfig extends NamedConfig {
  /** The name of a list to which keys are added, or where the keys are asked for. */
  readonly dynamic: string | DynamicKeysConfig;
}

export interface DynamicKeysConfig {
  /** The name of the list. Default: where the keys come from. */
  readonly name?: string;
  /** A template of SQL; its first column has the keys. */
  readonly query?: string;
  /** In place of a query: `ref('stores')` or `source('till', 'stores')`, and the column that has the keys. */
  readonly from?: string;
  readonly column?: string;
}

export interface UseConfig {
  readonly use: string;
  readonly column?: string;
  /** By dimension. */
  readonly columns?: Readonly<Record<string, string>>;
}

export interface DimensionsConfig {
  readonly dimensions: Readonly<Record<string, string | DimensionConfig | UseConfig>>;
}

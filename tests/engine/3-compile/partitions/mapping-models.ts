/** Models that read the partitions of others, by a name that says how. */
export type Models = Readonly<Record<string, Model>>;

export interface Model {
  /** The key of `kept`. */
  readonly by: keyof typeof kept;
  readonly sql: string;
  /** `partition_mapping`. */
  readonly mapping?: unknown;
}

const kept = {
  day: { use: 'daily', column: 'day' },
  month: { time: 'month', start: '2024-01', column: 'month' },
  quarter: { time: 'quarter', start: '2024-Q1', column: 'quarter' },
  'day and region': {
    dimensions: {
      day: { use: 'daily', column: 'day' },
      region: { values: ['EU', 'US', 'APAC'], column: 'region' },
    },
  },
};

const config = (partitions: unknown): string =>
  `{{ config(materialized='incremental', partitions=${JSON.stringify(partitions)}) }}\n`;

export const modelText = ({ by, sql, mapping }: Model): string =>
  `{{ config(materialized='incremental', partitions=${JSON.stringify(kept[by])}, partition_mapping=${JSON.stringify(mapping ?? {})}) }}\n${sql}\n`;

const days =
  "select sold_at::date as day, sold_at, region, status, amount from {{ source('shop', 'raw') }} where {{ partition.filter('sold_at') }}\n";

/** What they read. */
export const parents: Readonly<Record<string, string>> = {
  days: config(kept.day) + days,
  other_days: config(kept.day) + days,
  of_files:
    config(kept.day) +
    "select sold_at::date as day, * from {{ source('shop', 'files') }} where {{ partition.filter('sold_at') }}\n",
  by_region:
    config(kept['day and region']) +
    "select sold_at::date as day, region, status, amount from {{ source('shop', 'raw') }} where {{ partition.day.filter('sold_at') }}\n",
  hours:
    config({ time: 'hour', start: '2024-01-01', column: 'hour' }) +
    "select date_trunc('hour', sold_at) as hour, amount from {{ source('shop', 'raw') }} where {{ partition.filter('sold_at') }}\n",
  months:
    config(kept.month) +
    "select date_trunc('month', day) as month, sum(amount) as amount from {{ ref('days') }} where {{ partition.filter('day') }} group by all\n",
  days_view: "{{ config(materialized='view') }}\nselect day as sold_on, amount from {{ ref('days') }}\n",
  days_part: "{{ config(materialized='ephemeral') }}\nselect day as sold_on, amount from {{ ref('days') }}\n",
  stores: "{{ config(materialized='table') }}\nselect 1 as store, date '2024-01-01' as opened, 'EU' as region\n",
};

export const right: Models = {
  filtered: { by: 'day', sql: "select day, amount from {{ ref('days') }} where {{ partition.filter('day') }}" },
  a_month_of_days: {
    by: 'month',
    sql: "select date_trunc('month', day) as month, sum(amount) as amount from {{ ref('days') }} where {{ partition.filter('day') }} group by all",
  },
  by_start_and_end: {
    by: 'month',
    sql: "select date '{{ partition.start }}' as month, amount from {{ ref('days') }} where day >= '{{ partition.start }}' and day < timestamp '{{ partition.end }}'",
  },
  by_last_day_of_a_date: {
    by: 'month',
    sql: "select date '{{ partition.start }}' as month, amount from {{ ref('days') }} where day between '{{ partition.start }}' and cast('{{ partition.end }}' as date) - 1",
  },
  by_a_column_that_the_result_has_too: {
    by: 'day',
    sql: "select date '{{ partition.key }}' as day, amount from {{ ref('of_files') }} where day >= '{{ partition.start }}' and day < '{{ partition.end }}'",
  },
  by_truncated_time: {
    by: 'month',
    sql: "select date_trunc('month', day) as month, amount from {{ ref('days') }} where date_trunc('month', day) = timestamp '{{ partition.start }}'",
  },
  by_cast_time: {
    by: 'day',
    sql: "select hour::date as day, amount from {{ ref('hours') }} where hour::date = '{{ partition.key }}'",
  },
  through_common_tables: {
    by: 'day',
    sql: "with a as (select * from {{ ref('days') }}), b as (select day as d, amount from a) select d as day, sum(amount) as amount from b where {{ partition.filter('d') }} group by 1",
  },
  by_group_key: {
    by: 'day',
    sql: "select day, sum(amount) as amount from {{ ref('days') }} group by day having {{ partition.filter('day') }}",
  },
  by_equal_join: {
    by: 'day',
    sql: "select a.day, b.amount from {{ ref('days') }} a join {{ ref('other_days') }} b on a.day = b.day where {{ partition.filter('a.day') }}",
  },
  by_outer_join: {
    by: 'day',
    sql: "select a.day, b.amount from {{ ref('days') }} a left join {{ ref('other_days') }} b using (day) where {{ partition.filter('a.day') }}",
  },
  by_full_join: {
    by: 'day',
    sql: "select day, a.amount + b.amount as amount from {{ ref('days') }} a full join {{ ref('other_days') }} b using (day) where {{ partition.filter('day') }}",
  },
  a_week_that_is_mapped: {
    by: 'day',
    mapping: { days: { start: -6 } },
    sql: "select day, amount from {{ ref('days') }} where day > date '{{ partition.key }}' - interval 7 day and day < '{{ partition.end }}'",
  },
  rolling_join_that_is_mapped: {
    by: 'day',
    mapping: { other_days: { start: -6 } },
    sql: "select d.day, sum(h.amount) as amount from {{ ref('days') }} d join {{ ref('other_days') }} h on h.day between d.day - 6 and d.day where {{ partition.filter('d.day') }} group by all",
  },
  a_month_before_that_is_mapped: {
    by: 'month',
    mapping: { days: { start: -31 } },
    sql: "select date '{{ partition.start }}' as month, amount from {{ ref('days') }} where day >= date '{{ partition.start }}' - interval '1 month' and day < '{{ partition.end }}'",
  },
  both_dimensions: {
    by: 'day and region',
    sql: "select day, region, amount from {{ ref('by_region') }} where {{ partition.day.filter('day') }} and region in ('{{ partition.region.key }}')",
  },
  all_of_a_dimension_that_is_not_shared: {
    by: 'day',
    sql: "select day, amount from {{ ref('by_region') }} where {{ partition.filter('day') }} and region <> 'US'",
  },
  by_union: {
    by: 'day',
    sql: "with u as (select day, amount from {{ ref('days') }} union all select hour::date, amount from {{ ref('hours') }}) select * from u where {{ partition.filter('day') }}",
  },
  by_what_windows_are_divided_by: {
    by: 'day',
    sql: "select * from (select day, amount, row_number() over (partition by day order by amount) as place from {{ ref('days') }}) as numbered where {{ partition.filter('day') }} and place = 1",
  },
  by_a_view: {
    by: 'day',
    sql: "select sold_on as day, amount from {{ ref('days_view') }} where {{ partition.filter('sold_on') }}",
  },
  by_an_ephemeral_model: {
    by: 'day',
    sql: "select sold_on as day, amount from {{ ref('days_part') }} where {{ partition.filter('sold_on') }}",
  },
  all_that_is_mapped: { by: 'day', mapping: { days: 'all' }, sql: "select max(day) as day from {{ ref('days') }}" },
  by_a_time_beside_the_date: {
    by: 'day',
    sql: "select day, amount from {{ ref('days') }} where {{ partition.filter('sold_at') }}",
  },
  by_what_cannot_be_read: {
    by: 'month',
    sql: "select date '{{ partition.start }}' as month, amount from {{ ref('days') }} where strftime(day, '%Y-%m') = '{{ partition.key }}'",
  },
  by_another_table: {
    by: 'day',
    sql: "select day, amount from {{ ref('days') }} where day in (select opened from {{ ref('stores') }})",
  },
  by_the_newest_of_another_table: {
    by: 'day',
    sql: "select d.day, d.amount from {{ ref('days') }} d join (select max(opened) as newest from {{ ref('stores') }}) s on d.day = s.newest",
  },
  listed_keys: {
    by: 'quarter',
    mapping: { months: { keys: { '2024-Q2': ['2024-01', '2024-02'] } } },
    sql: "select date '{{ partition.start }}' as quarter, amount from {{ ref('months') }} where month >= '2024-01-01' and month < '2024-03-01'",
  },
  by_some_of_its_days: {
    by: 'month',
    sql: "select date '{{ partition.start }}' as month, amount from {{ ref('days') }} where day = date '{{ partition.start }}' or day = last_day(date '{{ partition.start }}')",
  },
  by_a_lateral_query: {
    by: 'day',
    sql: "select d.day, l.amount from {{ ref('days') }} d, lateral (select sum(amount) as amount from {{ ref('other_days') }} o where o.day = d.day) l where {{ partition.filter('d.day') }}",
  },
  by_existence: {
    by: 'day',
    sql: "select d.day from {{ ref('days') }} d where {{ partition.filter('d.day') }} and exists (select 1 from {{ ref('other_days') }} o where o.day = d.day and o.region = d.region)",
  },
  by_the_first_time_that_is_there: {
    by: 'day',
    sql: "select coalesce(a.day, b.day) as day, b.amount from {{ ref('days') }} a full join {{ ref('other_days') }} b on a.day = b.day where {{ partition.filter('coalesce(a.day, b.day)') }}",
  },
  the_newest_row_of_each: {
    by: 'day',
    sql: "select day, region, amount from {{ ref('days') }} where {{ partition.filter('day') }} qualify row_number() over (partition by region order by sold_at desc) = 1",
  },
  by_correlation: {
    by: 'day',
    sql: "select day, (select sum(amount) from {{ ref('other_days') }} o where o.day = d.day) as amount from {{ ref('days') }} d where {{ partition.filter('day') }}",
  },
};

export const wrong: Models = {
  not_filtered: { by: 'day', sql: "select day, amount from {{ ref('days') }}" },
  end_included: {
    by: 'day',
    sql: "select day, amount from {{ ref('days') }} where day between '{{ partition.start }}' and '{{ partition.end }}'",
  },
  end_of_hours_included: {
    by: 'day',
    sql: "select hour::date as day, amount from {{ ref('hours') }} where hour >= '{{ partition.start }}' and hour <= '{{ partition.end }}'",
  },
  a_week: {
    by: 'day',
    sql: "select day, amount from {{ ref('days') }} where day > date '{{ partition.key }}' - interval 7 day and day < '{{ partition.end }}'",
  },
  more_than_is_mapped: {
    by: 'day',
    mapping: { days: { start: -2 } },
    sql: "select day, amount from {{ ref('days') }} where day >= date '{{ partition.key }}' - 6 and day <= '{{ partition.key }}'",
  },
  the_month_before: {
    by: 'month',
    sql: "select date '{{ partition.start }}' as month, amount from {{ ref('days') }} where day >= date '{{ partition.start }}' - interval 1 month and day < '{{ partition.end }}'",
  },
  longer_months_than_are_mapped: {
    by: 'month',
    mapping: { days: { start: -28 } },
    sql: "select date '{{ partition.start }}' as month, amount from {{ ref('days') }} where day >= date '{{ partition.start }}' - interval 1 month and day < '{{ partition.end }}'",
  },
  filtered_behind_a_window: {
    by: 'day',
    sql: "select * from (select day, sum(amount) over (order by day) as amount from {{ ref('days') }}) as summed where {{ partition.filter('day') }}",
  },
  filtered_behind_a_limit: {
    by: 'day',
    sql: "select * from (select day, amount from {{ ref('days') }} order by amount limit 10) as top where {{ partition.filter('day') }}",
  },
  filtered_behind_an_aggregate: {
    by: 'day',
    sql: "select * from (select max(day) as day, region from {{ ref('days') }} group by region) as newest where {{ partition.filter('day') }}",
  },
  filtered_where_an_outer_join_keeps_all: {
    by: 'day',
    sql: "select a.day, a.amount from {{ ref('days') }} a left join {{ ref('stores') }} b on a.region = b.region and {{ partition.filter('a.day') }}",
  },
  outer_join_not_by_time: {
    by: 'day',
    sql: "select a.day, b.amount from {{ ref('days') }} a left join {{ ref('other_days') }} b on a.region = b.region where {{ partition.filter('a.day') }}",
  },
  opened_by_or: {
    by: 'day',
    sql: "select day, amount from {{ ref('days') }} where {{ partition.filter('day') }} or amount > 1000",
  },
  second_reading_not_filtered: {
    by: 'day',
    sql: "select day, amount / (select sum(amount) from {{ ref('days') }}) as part from {{ ref('days') }} where {{ partition.filter('day') }}",
  },
  common_table_read_twice: {
    by: 'day',
    sql: "with a as (select * from {{ ref('days') }}) select day, amount, (select max(amount) from a) as most from a where {{ partition.filter('day') }}",
  },
  arm_not_filtered: {
    by: 'day',
    sql: "select day, amount from {{ ref('days') }} where {{ partition.filter('day') }} union all select day, amount from {{ ref('other_days') }}",
  },
  view_not_filtered: { by: 'day', sql: "select sold_on as day, amount from {{ ref('days_view') }}" },
  ephemeral_model_not_filtered: { by: 'day', sql: "select sold_on as day, amount from {{ ref('days_part') }}" },
  another_region: {
    by: 'day and region',
    sql: "select day, region, amount from {{ ref('by_region') }} where {{ partition.day.filter('day') }} and region = 'EU'",
  },
  region_not_filtered: {
    by: 'day and region',
    sql: "select day, region, amount from {{ ref('by_region') }} where {{ partition.day.filter('day') }} and status = 'open'",
  },
  existence_at_any_time: {
    by: 'day',
    sql: "select d.day from {{ ref('days') }} d where {{ partition.filter('d.day') }} and not exists (select 1 from {{ ref('other_days') }} o where o.region = d.region)",
  },
  only_from: { by: 'day', sql: "select day, amount from {{ ref('days') }} where day >= '{{ partition.start }}'" },
  negated: { by: 'day', sql: "select day, amount from {{ ref('days') }} where not (day < '{{ partition.start }}')" },
  month_in_a_model_by_day: {
    by: 'day',
    sql: "select day, amount from {{ ref('days') }} where date_trunc('month', day) = date_trunc('month', timestamp '{{ partition.start }}')",
  },
  the_day_after: { by: 'day', sql: "select day, amount from {{ ref('days') }} where day = '{{ partition.end }}'" },
  another_key_than_listed: {
    by: 'quarter',
    mapping: { months: { keys: { '2024-Q2': ['2024-03'] } } },
    sql: "select date '{{ partition.start }}' as quarter, amount from {{ ref('months') }} where {{ partition.filter('month') }}",
  },
};

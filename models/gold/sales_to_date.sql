-- All days of fact_sales, and none of them missing: while a day is held back, this is not built. A test that compares the sales with
-- something else, which may have changed since a day was built, reads them here. Then it says that days have to be built again,
-- and holds back no other day and no month ({{ ref('mart_monthly_region_sales') }}) meanwhile.
--
-- A table, because a view over days does not wait for all of them.
{{ config(materialized='table') }}

select *
from {{ ref('fact_sales') }}

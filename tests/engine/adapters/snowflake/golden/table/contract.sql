-- columns of the query, without running it

-- columns of the query, without running it

create or replace transient table shop.gold.orders
(
  id integer not null primary key,
  status varchar,
  ordered_at timestamp_ntz,
  constraint one_each unique (id, ordered_at)
)
as (
select id, status, ordered_at
from (
select id, status, ordered_at
from shop.bronze.raw_orders
) as model_subq
);

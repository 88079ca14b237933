alter session set week_start = 1;

insert into shop.log.runs values (1);

set region = 'eu';

create or replace transient table shop.gold.orders
as (
select id, status, ordered_at
from shop.bronze.raw_orders
);

insert into shop.log.runs values (2);

call shop.log.done();

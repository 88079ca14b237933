-- show materialized views like …

alter materialized view shop.gold.orders set secure;

alter materialized view shop.gold.orders cluster by (ordered_at);

-- show grants on shop.gold.orders

revoke select on materialized view shop.gold.orders from role FORMER;

grant select on materialized view shop.gold.orders to role reporter;

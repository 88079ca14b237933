-- show dynamic tables like …

alter dynamic table shop.gold.orders set target_lag = '1 hour';

alter dynamic table shop.gold.orders unset initialization_warehouse;

alter dynamic table shop.gold.orders unset immutable where;

alter dynamic table shop.gold.orders cluster by (status);

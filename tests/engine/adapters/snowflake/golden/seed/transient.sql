create or replace transient table shop.gold.orders__dbt_tmp
(
  id integer,
  name varchar,
  price float,
  on_sale boolean,
  since date,
  seen_at timestamp_ntz,
  note varchar
);

insert into shop.gold.orders__dbt_tmp (id, name, price, on_sale, since, seen_at, note)
values
  (1, 'Tea', 2.50, true, '2024-03-01', '2024-03-01 10:00:00', 'it''s \\ fine'),
  (2, null, 3, false, null, '2024-03-01T11:00:00', null);

alter table shop.gold.orders__dbt_tmp rename to shop.gold.orders;

insert overwrite into shop.gold.orders (id, name, price, on_sale, since, seen_at, note)
values
  (1, 'Tea', 2.50, true, '2024-03-01', '2024-03-01 10:00:00', 'it''s \\ fine'),
  (2, null, 3, false, null, '2024-03-01T11:00:00', null);

select 1::number(38, 0) as id, 12.5::number(10, 2) as amount, '2024-02-29'::date as day, parse_json('{"channel": "web"}') as payload

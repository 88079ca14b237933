create table if not exists shop.feeds.ingot_loaded_files (
  source varchar,
  file varchar,
  fingerprint varchar,
  rows_loaded bigint,
  errors_seen bigint,
  first_error varchar,
  run_id varchar,
  at_ms bigint
);

delete from shop.feeds.ingot_loaded_files where source = 'source.shop.feeds.pos';

create or replace table shop.feeds.pos (
  id varchar,
  amount number(18,2),
  metadata_filename varchar,
  metadata_file_row_number bigint,
  _dbt_copied_at timestamp_ntz
);

list @shop.public.landing/pos/ pattern = '.*[.]csv';

describe stage shop.public.landing;

begin;

delete from shop.feeds.pos
where metadata_filename in (
  'in/pos/a.csv',
  'in/pos/b.csv'
);

copy into shop.feeds.pos (id, amount, metadata_filename, metadata_file_row_number, _dbt_copied_at)
from (
  select
    $1::varchar,
    replace($2, ',', '.')::number(18,2),
    metadata$filename,
    metadata$file_row_number,
    current_timestamp()::timestamp_ntz
  from @shop.public.landing/pos/
)
files = (
  'a.csv',
  'b.csv'
)
file_format = (type = csv skip_header = 1)
on_error = skip_file
force = true;

select count(*) from shop.feeds.pos
where metadata_filename in (
  'in/pos/a.csv',
  'in/pos/b.csv'
);

insert into shop.feeds.ingot_loaded_files (source, file, fingerprint, rows_loaded, errors_seen, first_error, run_id, at_ms)
values
  ('source.shop.feeds.pos', 's3://lake/in/pos/a.csv', '1', 2, 0, null, '1', 0),
  ('source.shop.feeds.pos', 's3://lake/in/pos/b.csv', '2', 3, 0, null, '1', 0);

commit;

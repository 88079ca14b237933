create stage if not exists shop.public.landing
url = 's3://lake/in/' storage_integration = lake;

create file format if not exists shop.public.lines
type = json;

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

select column_name, type, expression
from table(infer_schema(location => '@shop.public.landing/pos/', file_format => 'shop.public.lines'))
order by order_id;

create table if not exists shop.feeds.pos (
  id NUMBER(38, 0),
  "Unit Price" REAL,
  metadata_filename varchar,
  metadata_file_row_number bigint,
  _dbt_copied_at timestamp_ntz
);

list @shop.public.landing/pos/;

describe stage shop.public.landing;

begin;

delete from shop.feeds.pos
where metadata_filename in (
  'in/pos/a.csv',
  'in/pos/b.csv'
);

copy into shop.feeds.pos (id, "Unit Price", metadata_filename, metadata_file_row_number, _dbt_copied_at)
from (
  select
    $1:id::NUMBER(38, 0),
    $1:"Unit Price"::REAL,
    metadata$filename,
    metadata$file_row_number,
    current_timestamp()::timestamp_ntz
  from @shop.public.landing/pos/
)
files = (
  'a.csv',
  'b.csv'
)
file_format = (format_name = 'shop.public.lines')
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

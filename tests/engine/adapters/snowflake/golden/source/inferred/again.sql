select file, fingerprint
from shop.feeds.ingot_loaded_files
where source = 'source.shop.feeds.pos'
qualify row_number() over (partition by file order by at_ms desc) = 1;

list @shop.public.landing/pos/;

describe stage shop.public.landing;

select column_name, type, expression
from table(infer_schema(location => '@shop.public.landing/pos/', file_format => 'shop.public.lines'))
order by order_id;

describe table shop.feeds.pos;

begin;

delete from shop.feeds.pos
where metadata_filename in (
  'in/pos/a.csv',
  'in/pos/b.csv'
);

copy into shop.feeds.pos (id, metadata_filename, metadata_file_row_number, _dbt_copied_at)
from (
  select
    $1:id::NUMBER(38, 0),
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

create external table shop.feeds.pos (
  id varchar as (value:c1::varchar),
  amount number(18,2) as (value:c2::number(18,2)),
  metadata_filename varchar as (metadata$filename::varchar),
  day date as (to_date(split_part(metadata$filename, '/', 3)))
)
partition by (day)
location = @shop.public.landing/pos/
auto_refresh = false
pattern = '.*[.]csv'
file_format = (type = csv skip_header = 1);

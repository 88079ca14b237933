select
    (select count(*) from {{ ref('stg_orders') }} sample (3 rows))            as some_orders,
    (select count(*) from {{ ref('stg_orders') }} tablesample bernoulli (100)) as all_orders,
    (select count(*) from {{ ref('stg_orders') }} sample (0))                 as no_orders

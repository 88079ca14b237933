{{
    config(
        materialized='incremental',
        partitions={
            'dimensions': {
                'month': {
                    'time': 'month',
                    'start': var('calendar_start'),
                    'end': var('today'),
                    'column': 'month_start'
                },
                'region': {
                    'values': ['Benelux', 'DACH', 'UK', 'Online'],
                    'column': 'region'
                }
            }
        },
        partition_batch_size=12,
        tags=['finance']
    )
}}

-- One row a month, region and product group. Kept by month and region: when a day of fact_sales is built again, so is its month,
-- and no other.
select
    cast(date_trunc('month', sales.date_day) as date) as month_start,
    stores.region,
    products.category,
    count(distinct case when sales.line_type = 'sale' then sales.transaction_id end) as transactions,
    cast(sum(sales.quantity) as integer) as units,
    sum(sales.net_amount_eur) as net_sales_eur,
    sum(sales.margin_eur) as margin_eur
from {{ ref('fact_sales') }} as sales
inner join {{ ref('dim_store') }} as stores
    on sales.store_code = stores.store_code
inner join {{ ref('dim_product') }} as products
    on sales.product_code = products.product_code
where {{ partition.month.filter('sales.date_day') }}
    and {{ partition.region.filter('stores.region') }}
group by date_trunc('month', sales.date_day), stores.region, products.category

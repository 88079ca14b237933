-- One row for each time that a product's price went up or down. Empty until a price has changed between two builds.
with versions as (
    select
        product_code,
        product_name,
        list_price_eur,
        unit_cost_eur,
        dbt_valid_from as changed_at,
        lag(list_price_eur) over (partition by product_code order by dbt_valid_from) as previous_price_eur,
        lag(unit_cost_eur) over (partition by product_code order by dbt_valid_from) as previous_cost_eur
    from {{ ref('product_prices') }}
)

select
    product_code,
    product_name,
    changed_at,
    previous_price_eur,
    list_price_eur,
    round(100 * (list_price_eur - previous_price_eur) / previous_price_eur, 1) as price_change_percent,
    list_price_eur - unit_cost_eur - (previous_price_eur - previous_cost_eur) as margin_change_eur
from versions
where list_price_eur <> previous_price_eur

-- On any day a product has one price.
select
    earlier.product_code,
    earlier.dbt_valid_from,
    earlier.dbt_valid_to,
    later.dbt_valid_from as next_valid_from
from {{ ref('product_prices') }} as earlier
inner join {{ ref('product_prices') }} as later
    on
        earlier.product_code = later.product_code
        and earlier.dbt_valid_from < later.dbt_valid_from
where earlier.dbt_valid_to is null or later.dbt_valid_from < earlier.dbt_valid_to

select
    p.* exclude (price, valid_to) rename (name as product_name),
    p.price::number(10, 2)                                as price,
    ifnull(p.valid_to::date, date_from_parts(9999, 12, 31)) as valid_to,
    p.valid_to is null                                    as is_current
from {{ ref('raw_products') }} as p

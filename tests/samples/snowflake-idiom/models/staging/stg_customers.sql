{{ config(materialized='table') }}

-- one row a customer: the newest version of each
with cleaned as (
    select
        id::number(38, 0)                     as customer_id,
        initcap(trim(name))                   as full_name,
        lower(nullif(trim(email), ''))        as email,
        split_part(lower(email), '@', 2)      as email_domain,
        upper(country)                        as country_code,
        nvl2(email, 'yes', 'no')              as can_be_mailed,
        signed_up::date                       as signed_up,
        last_day(signed_up::date)             as signup_month_end,
        updated_at
    from {{ ref('raw_customers') }}
)

select * exclude (updated_at)
from cleaned
qualify row_number() over (partition by customer_id order by updated_at desc) = 1

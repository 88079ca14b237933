-- The CRM exports a customer again when something changes and keeps the old row: the newest row is the customer.
with cleaned as (

    select
        {{ clean_code('customer_id') }} as customer_id,
        {{ clean_text('full_name') }} as full_name,
        case when email like '%_@_%._%' then lower(trim(email)) end as email,
        case upper(trim(country))
            when 'NETHERLANDS' then 'NL'
            when 'BELGIUM' then 'BE'
            when 'GERMANY' then 'DE'
            when 'UNITED KINGDOM' then 'GB'
            when 'SWITZERLAND' then 'CH'
            else {{ clean_code('country') }}
        end as country_code,
        {{ parse_date('registered_on') }} as registered_on,
        -- Nobody gets mail who did not clearly say yes.
        coalesce(lower(trim(marketing_consent)) in ('yes', 'y', '1'), false) as accepts_marketing,
        {{ parse_timestamp('updated_at') }} as updated_at
    from {{ ref('customers') }}

)

select *
from cleaned
where customer_id is not null
qualify row_number() over (partition by customer_id order by updated_at desc, email) = 1

-- One row a customer, one for everybody who did not say who they are, and one for ids that the CRM does not have.
select
    customer_id,
    full_name,
    email,
    country_code,
    registered_on,
    accepts_marketing,
    true as is_identified
from {{ ref('stg_customers') }}

union all

select
    customer_id,
    full_name,
    null as email,
    null as country_code,
    null as registered_on,
    false as accepts_marketing,
    false as is_identified
from (
    values
        ('ANONYMOUS', 'Anonymous customer'),
        ('UNKNOWN', 'Unknown customer')
) as placeholders (customer_id, full_name)

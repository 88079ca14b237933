-- Fault: the CRM keeps old rows of customers who moved. Their old addresses start with "old." in this data.
select
    customer_id,
    email
from {{ ref('stg_customers') }}
where email like 'old.%'

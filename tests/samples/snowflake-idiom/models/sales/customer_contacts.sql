select
    customer_id,
    lpad(customer_id::string, 5, '0')                                      as customer_code,
    coalesce(split(email, '@')[0]::string, 'unknown')                      as mailbox,
    email ilike any ('%EXAMPLE%', '%.se')                                  as is_known_host,
    contains(email_domain, 'mail')                                         as is_mail_host,
    charindex(' ', full_name)                                              as blank_at,
    substr(full_name, charindex(' ', full_name) + 1)                       as last_name,
    left(full_name, 1) || left(last_name, 1)                               as initials,
    regexp_replace(full_name, '^(\\w+) (\\S+)$', '\\2, \\1')               as sort_name,
    translate(lower(last_name), 'aeiou''', '*****')                        as masked,
    concat_ws('-', country_code, customer_code)                            as label
from {{ ref('stg_customers') }}

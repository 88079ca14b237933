-- Who the good customers are: recency, frequency and money (RFM), each in fifths, for everybody who has bought and is known.
with purchases as (

    select
        sales.customer_id,
        min(sales.date_day) as first_purchase_on,
        max(sales.date_day) as last_purchase_on,
        count(distinct sales.transaction_id) as purchases,
        count(distinct sales.channel) as channels,
        sum(sales.net_amount_eur) as net_sales_eur,
        sum(sales.margin_eur) as margin_eur
    from {{ ref('fact_sales') }} as sales
    inner join {{ ref('dim_customer') }} as customers
        on sales.customer_id = customers.customer_id
    where customers.is_identified
        and sales.line_type = 'sale'
    group by sales.customer_id

),

as_of as (

    select max(date_day) as date_day
    from {{ ref('fact_sales') }}

),

scored as (

    -- The customer's id decides between equals, so that a second run scores everybody as the first did.
    select
        purchases.*,
        as_of.date_day - purchases.last_purchase_on as days_since_purchase,
        ntile(5) over (order by purchases.last_purchase_on, purchases.customer_id) as recency_score,
        ntile(5) over (order by purchases.purchases, purchases.customer_id) as frequency_score,
        ntile(5) over (order by purchases.net_sales_eur, purchases.customer_id) as monetary_score
    from purchases
    cross join as_of

)

select
    scored.customer_id,
    customers.country_code,
    customers.accepts_marketing,
    scored.first_purchase_on,
    scored.last_purchase_on,
    scored.days_since_purchase,
    scored.purchases,
    scored.channels = 2 as buys_in_both_channels,
    scored.net_sales_eur,
    scored.margin_eur,
    {{ money('scored.net_sales_eur / scored.purchases') }} as average_purchase_eur,
    scored.recency_score,
    scored.frequency_score,
    scored.monetary_score,
    case
        when scored.recency_score >= 4 and scored.frequency_score >= 4 and scored.monetary_score >= 4 then 'champion'
        when scored.frequency_score >= 4 and scored.recency_score <= 2 then 'slipping_away'
        when scored.frequency_score >= 3 then 'loyal'
        when scored.recency_score >= 4 then 'new_or_occasional'
        else 'dormant'
    end as segment
from scored
inner join {{ ref('dim_customer') }} as customers
    on scored.customer_id = customers.customer_id

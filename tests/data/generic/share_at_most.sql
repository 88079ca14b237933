{# Fails if more than a share (0 to 1) of the rows meet a condition: a little of a fault is life, much of it is news. #}
{% test share_at_most(model, condition, max_share) %}

with counted as (

    select
        sum(case when {{ condition }} then 1 else 0 end) as matching_rows,
        count(*) as all_rows
    from {{ model }}

)

select *
from counted
where matching_rows > all_rows * {{ max_share }}

{% endtest %}

{% snapshot price_history %}
{{ config(unique_key='code', strategy='check', check_cols='all') }}

select * from {{ ref('prices') }}

{% endsnapshot %}

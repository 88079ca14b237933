{% macro latest(relation) %}
select *, row_number() over (partition by id) as place from {{ relation }}
{%- endmacro %}

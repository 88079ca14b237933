{#
  What the first bracket of a regular expression matches in a text; null or empty if it matches nowhere. Warehouses agree on the
  expressions, as far as these are used here, and on nothing else.
#}
{% macro first_match(column, pattern) -%}
    {{ return(adapter.dispatch('first_match')(column, pattern)) }}
{%- endmacro %}

{% macro duckdb__first_match(column, pattern) -%}
    regexp_extract({{ column }}, '{{ pattern }}', 1)
{%- endmacro %}

{% macro snowflake__first_match(column, pattern) -%}
    regexp_substr({{ column }}, '{{ pattern }}', 1, 1, 'e', 1)
{%- endmacro %}


{# Whether a regular expression matches somewhere in a text. #}
{% macro matches(column, pattern) -%}
    {{ return(adapter.dispatch('matches')(column, pattern)) }}
{%- endmacro %}

{% macro duckdb__matches(column, pattern) -%}
    regexp_matches({{ column }}, '{{ pattern }}')
{%- endmacro %}

{% macro snowflake__matches(column, pattern) -%}
    regexp_instr({{ column }}, '{{ pattern }}') > 0
{%- endmacro %}

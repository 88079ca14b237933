{#
  A point in time from text, in whichever of the known formats it is written; null if it is in none.

  The formats cannot be mistaken for one another: with slashes the day comes first (London's till), with dots too (Berlin's),
  with dashes the year. Thirteen digits are milliseconds since 1970 (an old version of the shop's app).
#}
{% macro parse_timestamp(column) -%}
    {{ return(adapter.dispatch('parse_timestamp')(column)) }}
{%- endmacro %}

{% macro duckdb__parse_timestamp(column) -%}
    {%- set formats = ['%Y-%m-%d %H:%M:%S', '%Y-%m-%dT%H:%M:%SZ', '%d/%m/%Y %H:%M', '%d.%m.%Y %H:%M:%S'] -%}
    coalesce(
        {%- for format in formats %}
        try_strptime({{ column }}, '{{ format }}'),
        {%- endfor %}
        epoch_ms(try_cast({{ column }} as bigint))
    )
{%- endmacro %}

{% macro snowflake__parse_timestamp(column) -%}
    {%- set formats = ['YYYY-MM-DD HH24:MI:SS', 'YYYY-MM-DD"T"HH24:MI:SS"Z"', 'DD/MM/YYYY HH24:MI', 'DD.MM.YYYY HH24:MI:SS'] -%}
    coalesce(
        {%- for format in formats %}
        try_to_timestamp({{ column }}, '{{ format }}'),
        {%- endfor %}
        to_timestamp_ntz(try_cast({{ column }} as bigint), 3)
    )
{%- endmacro %}


{# A date from text: as parse_timestamp, for feeds that know no time of day. #}
{% macro parse_date(column) -%}
    coalesce(try_cast({{ column }} as date), cast({{ parse_timestamp(column ~ " || ' 00:00'") }} as date))
{%- endmacro %}


{# An amount from text, with a decimal point or (Berlin) a decimal comma; null if it is no number. #}
{% macro parse_amount(column) -%}
    try_cast(replace({{ column }}, ',', '.') as decimal(18, 2))
{%- endmacro %}


{# JSON from text; null if it is broken. #}
{% macro parse_json(column) -%}
    {{ return(adapter.dispatch('parse_json')(column)) }}
{%- endmacro %}

{% macro duckdb__parse_json(column) -%}
    try_cast({{ column }} as json)
{%- endmacro %}

{% macro snowflake__parse_json(column) -%}
    try_parse_json({{ column }})
{%- endmacro %}


{# A field of a JSON object, as text. #}
{% macro json_text(column, field) -%}
    {{ return(adapter.dispatch('json_text')(column, field)) }}
{%- endmacro %}

{% macro duckdb__json_text(column, field) -%}
    json_extract_string({{ column }}, '$.{{ field }}')
{%- endmacro %}

{% macro snowflake__json_text(column, field) -%}
    {{ column }}:{{ field }}::varchar
{%- endmacro %}

{# Codes come in any case and with blanks around them; an empty one is no code. #}
{% macro clean_code(column) -%}
    nullif(upper(trim({{ column }})), '')
{%- endmacro %}


{# Text that people typed: one blank between words, none around them. #}
{% macro clean_text(column) -%}
    nullif(replace(trim({{ column }}), '  ', ' '), '')
{%- endmacro %}


{# A currency as its ISO code. Missing means the currency of the store, so the caller says what that is. #}
{% macro clean_currency(column, fallback) -%}
    case
        when trim({{ column }}) = '€' then 'EUR'
        when trim({{ column }}) = '£' then 'GBP'
        else coalesce({{ clean_code(column) }}, {{ fallback }})
    end
{%- endmacro %}


{# The raw fields of a row in one text, so that a refused row can be shown as it came. #}
{% macro raw_record(columns) -%}
    {%- for column in columns -%}
        coalesce({{ column }}, ''){{ " || '|' || " if not loop.last }}
    {%- endfor -%}
{%- endmacro %}

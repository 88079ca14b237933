{#
  Schemas are called bronze, silver and gold, not main_bronze and so on. In production there is one warehouse; whoever shares
  it with colleagues in development drops this macro and gets `<target schema>_<custom schema>` back.
#}
{% macro generate_schema_name(custom_schema_name, node) -%}
    {{ (custom_schema_name or target.schema) | trim }}
{%- endmacro %}

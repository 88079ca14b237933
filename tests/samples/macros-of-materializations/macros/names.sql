{% macro generate_schema_name(custom, node) %}own_shop{% endmacro %}

{% macro generate_schema_name(name, node) %}{{ env_var('NOT_SET_ANYWHERE') }}{% endmacro %}

{% macro amount(column) %}{{ column }}{% endmacro %}

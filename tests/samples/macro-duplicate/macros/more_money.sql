{% macro amount(column) %}{{ column }} / 100{% endmacro %}

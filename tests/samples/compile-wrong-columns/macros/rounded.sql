{% macro rounded(column) %}round({{ column }}, 2){% endmacro %}

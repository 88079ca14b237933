{% macro soundex_of(column) %}soundex({{ column }}){% endmacro %}

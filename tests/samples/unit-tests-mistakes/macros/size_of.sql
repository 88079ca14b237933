{% macro size_of(column) %}case when {{ column }} > 10 then 'big' else 'small' end{% endmacro %}

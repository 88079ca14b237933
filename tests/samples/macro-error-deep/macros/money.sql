{% macro amount(column) %}
  {{ in_euros(column) }}
{% endmacro %}

{% macro in_euros(column) %}
  {{ converted(column, rate='1.1') }}
{% endmacro %}

{% macro converted(column, rate) %}
  {{ column }} * {{ rate + 1 }}
{% endmacro %}

{% macro in_euros(column) %}
  round({{ column }} / 100.0, digits)
{% endmacro %}

{% macro currency(code) %}
  {% if code not in ['EUR', 'USD'] %}
    {{ exceptions.raise_compiler_error("There is no rate for currency '" ~ code ~ "'") }}
  {% endif %}
  '{{ code }}'
{% endmacro %}

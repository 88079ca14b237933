{% macro net_amount(gross) %}{{ gross }} / 1.19{% endmacro %}

{# An amount of money: two decimals, rounded half away from zero. #}
{% macro money(expression) -%}
    cast(round({{ expression }}, 2) as decimal(18, 2))
{%- endmacro %}


{# An amount in the reporting currency. The rate says how much of it one unit of the other currency buys. #}
{% macro in_reporting_currency(amount, rate) -%}
    {{ money(amount ~ ' * ' ~ rate) }}
{%- endmacro %}

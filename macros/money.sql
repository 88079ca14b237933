{#
  An amount of money: two decimals, rounded half away from zero. A quotient is a decimal to one warehouse and a float to another, in
  which half a cent may be a little less: so it is made a decimal first.
#}
{% macro money(expression) -%}
    cast(round(cast({{ expression }} as decimal(38, 8)), 2) as decimal(18, 2))
{%- endmacro %}


{# An amount in the reporting currency. The rate says how much of it one unit of the other currency buys. #}
{% macro in_reporting_currency(amount, rate) -%}
    {{ money(amount ~ ' * ' ~ rate) }}
{%- endmacro %}

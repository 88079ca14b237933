{# Written out, in English: what warehouses call monthname and dayname is short here and long there. #}
{% macro month_name(date) -%}
    {%- set names = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November',
                     'December'] -%}
    case extract(month from {{ date }})
        {%- for name in names %}
        when {{ loop.index }} then '{{ name }}'
        {%- endfor %}
    end
{%- endmacro %}


{% macro day_name(date) -%}
    {%- set names = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] -%}
    case extract(dayofweek from {{ date }})
        {%- for name in names %}
        when {{ loop.index0 }} then '{{ name }}'
        {%- endfor %}
    end
{%- endmacro %}

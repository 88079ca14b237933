{#
  What a bronze model knows of a row beside its fields: the file it came in, and the days that the file covers. Files are named
  after their month (pos_2025-01.csv) or day (pos_2025-09-14.csv). A file is taken as received on the last day that it covers.
#}
{% macro load_metadata(file_name) -%}
    {%- set period = first_match(file_name, '([0-9]{4}-[0-9]{2}(-[0-9]{2})?)[.][a-z]+$') -%}
    {{ file_name }} as source_file,
    try_cast(rpad({{ period }}, 10, '-01') as date) as file_period_start,
    case
        when length({{ period }}) = 7 then last_day(try_cast({{ period }} || '-01' as date))
        else try_cast({{ period }} as date)
    end as received_on,
    current_timestamp as loaded_at
{%- endmacro %}

{% materialization table, adapter='duckdb' %}
  {{ note('table', model.name) }}
  {% do return(dbt.materialization_table_duckdb()) %}
{% endmaterialization %}

{% materialization test, default %}
  {{ note('test', model.name) }}
  {% set result = dbt.materialization_test_default() %}
  {{ note('test found', load_result('main').table.rows[0]['failures']) }}
  {% do return(result) %}
{% endmaterialization %}

{% macro note(who, what) -%}
  {% do run_query('create table if not exists main.calls (who varchar, what varchar)') %}
  {% do run_query("insert into main.calls values ('" ~ who ~ "', '" ~ what ~ "')") %}
{%- endmacro %}

{% macro create_table_as(temporary, relation, compiled_code, language='sql') -%}
  create {{ 'temp ' if temporary }}table {{ relation }} as (select *, 'us' as made_by from ({{ compiled_code }}))
{%- endmacro %}

{% macro duckdb__create_view_as(relation, sql) -%}
  create view {{ relation }} as ({{ sql }})
{%- endmacro %}

{% macro default__create_schema(relation) -%}
  {{ note('create_schema', relation.schema) }}
  {% do run_query('create schema if not exists ' ~ relation.without_identifier()) %}
{%- endmacro %}

{% macro drop_relation(relation) -%}
  {{ note('drop_relation', relation.identifier) }}
  {% do run_query('drop ' ~ relation.type ~ ' if exists ' ~ relation) %}
{%- endmacro %}

{% macro duckdb__rename_relation(from_relation, to_relation) -%}
  {{ note('rename_relation', to_relation.identifier) }}
  {% do run_query('alter ' ~ from_relation.type ~ ' ' ~ from_relation ~ ' rename to ' ~ to_relation.identifier) %}
{%- endmacro %}

{% macro default__make_temp_relation(base_relation, suffix) -%}
  {{ return(base_relation.incorporate(path={'identifier': base_relation.identifier ~ suffix ~ '_own'})) }}
{%- endmacro %}

{% macro get_insert_into_sql(target_relation, temp_relation, dest_columns) -%}
  {{ note('insert_from', temp_relation.identifier) }}
  insert into {{ target_relation }} (id) select id + 100 from {{ temp_relation }}
{%- endmacro %}

{% macro get_delete_insert_merge_sql(target, source, unique_key, dest_columns, incremental_predicates) -%}
  insert into {{ target }} ({{ unique_key }}) select {{ unique_key }} + 200 from {{ source }}
{%- endmacro %}

{% macro default__get_where_subquery(relation) -%}
  (select * from {{ relation }} where id is not null)
{%- endmacro %}

{% macro note(who, what) -%}
  {% do run_query('create table if not exists main.calls (who varchar, what varchar)') %}
  {% do run_query("insert into main.calls values ('" ~ who ~ "', '" ~ what ~ "')") %}
{%- endmacro %}

{% macro create_csv_table(model, agate_table) -%}
  {{ note('create_csv_table', agate_table.column_names | join(',')) }}
  {{ return(dbt.create_csv_table(model, agate_table)) }}
{%- endmacro %}

{% macro reset_csv_table(model, full_refresh, old_relation, agate_table) -%}
  {{ note('reset_csv_table', full_refresh) }}
  {{ return(dbt.default__reset_csv_table(model, full_refresh, old_relation, agate_table)) }}
{%- endmacro %}

{% macro duckdb__load_csv_rows(model, agate_table) -%}
  {{ note('load_csv_rows', agate_table.rows | length) }}
  {% for row in agate_table.rows %}
    {% set name = row['name'] | upper | replace("'", "''") %}
    {% do run_query('insert into ' ~ this ~ ' values (' ~ row['id'] ~ ", '" ~ name ~ "')") %}
  {% endfor %}
{%- endmacro %}

{% macro alter_relation_comment(relation, relation_comment) -%}
  comment on {{ relation.type }} {{ relation }} is 'From the macro: {{ relation_comment }}'
{%- endmacro %}

{% macro default__get_create_index_sql(relation, index_dict) -%}
  create index by_macro on {{ relation }} ({{ index_dict.columns | join(', ') }})
{%- endmacro %}

{% macro apply_grants(relation, grant_config, should_revoke=True) -%}
  {{ note('apply_grants', relation.identifier) }}
{%- endmacro %}

{% macro duckdb__alter_relation_add_remove_columns(relation, add_columns, remove_columns) -%}
  {{ note('add columns', add_columns | map(attribute='name') | join(',')) }}
  {{ return(default__alter_relation_add_remove_columns(relation, add_columns, remove_columns)) }}
{%- endmacro %}

{% macro should_full_refresh() -%}
  {{ return(var('anew', false)) }}
{%- endmacro %}

{% macro run_hooks(hooks, inside_transaction=True) -%}
  {% for hook in hooks | selectattr('transaction', 'equalto', inside_transaction) %}
    {{ note('hook ' ~ inside_transaction, render(hook.sql) | trim) }}
    {% call statement(auto_begin=inside_transaction) %}{{ render(hook.sql) }}{% endcall %}
  {% endfor %}
{%- endmacro %}

{% macro get_assert_columns_equivalent(sql) -%}
  {{ note('contract', model.name) }}
  {{ return('' if model.name == 'waived' else dbt.default__get_assert_columns_equivalent(sql)) }}
{%- endmacro %}

{% macro get_table_columns_and_constraints() -%}
  {{ dbt.default__get_table_columns_and_constraints().replace(' bigint', ' bigint primary key') }}
{%- endmacro %}

{% macro diff_columns(source_columns, target_columns) -%}
  {% set found = dbt.diff_columns(source_columns, target_columns) %}
  {{ note('diff_columns', found | map(attribute='name') | join(',')) }}
  {{ return(found) }}
{%- endmacro %}

{% macro incremental_validate_on_schema_change(on_schema_change, default='ignore') -%}
  {{ return('append_new_columns' if on_schema_change == 'grow' else on_schema_change) }}
{%- endmacro %}

{% macro truncate_relation(relation) -%}
  {{ note('truncate_relation', relation.identifier) }}
  {% do run_query('delete from ' ~ relation) %}
{%- endmacro %}

{% macro note(who, what) -%}
  {% do run_query('create table if not exists main.calls (who varchar, what varchar)') %}
  {% do run_query("insert into main.calls values ('" ~ who ~ "', '" ~ what | replace("'", "''") ~ "')") %}
{%- endmacro %}

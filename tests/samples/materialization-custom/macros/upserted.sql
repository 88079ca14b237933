{% materialization upserted, adapter='duckdb' %}
  {%- set target_relation = this.incorporate(type='table') -%}
  {%- set existing = load_relation(this) -%}
  {% if existing is none or should_full_refresh() %}
    {% call statement('main') %}{{ create_table_as(False, target_relation, sql) }}{% endcall %}
  {% else %}
    {%- set staged = make_temp_relation(target_relation) -%}
    {% do run_query(create_table_as(True, staged, sql)) %}
    {% do process_schema_changes('append_new_columns', staged, existing) %}
    {%- set columns = adapter.get_columns_in_relation(staged) -%}
    {% call statement('main') %}
      {{ get_delete_insert_merge_sql(target_relation, staged, config.require('unique_key'), columns, none) }}
    {% endcall %}
    {% do adapter.drop_relation(staged) %}
  {% endif %}
  {% do return({'relations': [target_relation]}) %}
{% endmaterialization %}

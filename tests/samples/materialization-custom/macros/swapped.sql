{% materialization swapped, default %}
  {%- set existing = load_cached_relation(this) -%}
  {%- set target_relation = this.incorporate(type='table') -%}
  {%- set beside = make_intermediate_relation(target_relation) -%}
  {%- set backup = make_backup_relation(target_relation, 'table') -%}
  {{ drop_relation_if_exists(load_cached_relation(beside)) }}
  {{ run_hooks(pre_hooks, inside_transaction=False) }}
  {{ run_hooks(pre_hooks, inside_transaction=True) }}
  {% call statement('main') %}
    {{ get_create_table_as_sql(False, beside, sql) }}
  {% endcall %}
  {% if existing is not none %}{% do adapter.rename_relation(existing, backup) %}{% endif %}
  {% do adapter.rename_relation(beside, target_relation) %}
  {% do persist_docs(target_relation, model) %}
  {{ run_hooks(post_hooks, inside_transaction=True) }}
  {{ adapter.commit() }}
  {{ drop_relation_if_exists(load_cached_relation(backup)) }}
  {{ run_hooks(post_hooks, inside_transaction=False) }}
  {{ return({'relations': [target_relation]}) }}
{% endmaterialization %}

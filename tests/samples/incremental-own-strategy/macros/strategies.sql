{% macro get_incremental_only_new_sql(arg_dict) %}
  insert into {{ arg_dict.target_relation }} ({{ get_quoted_csv(arg_dict.dest_columns) }})
  select {{ get_quoted_csv(arg_dict.dest_columns) }} from {{ arg_dict.temp_relation }}
  where {{ arg_dict.unique_key }} not in (select {{ arg_dict.unique_key }} from {{ arg_dict.target_relation }})
{% endmacro %}

{% macro default__get_merge_sql(target, source, unique_key, dest_columns, predicates) %}
  update {{ target }} set amount = amount + 100
{% endmacro %}

{% materialization own, default %}
  {{ run_hooks(pre_hooks) }}
  {% call statement('main') %}create or replace table {{ this }} as {{ sql }}{% endcall %}
  {{ run_hooks(post_hooks) }}
  {{ return({'relations': [this]}) }}
{% endmaterialization %}

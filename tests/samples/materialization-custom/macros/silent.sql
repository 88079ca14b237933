{% materialization silent, default %}
  {% call statement('main') %}create table {{ this }} as {{ sql }}{% endcall %}
{% endmaterialization %}

{% macro grant(what, to=()) %}
  {% do run_query('create table if not exists granted (what varchar, name varchar)') %}
  {% for name in to %}
    {% do run_query("insert into granted values ('" ~ what ~ "', '" ~ name ~ "')") %}
    {{ log('granted ' ~ what ~ ' to ' ~ name, info=true) }}
  {% endfor %}
{% endmacro %}

{% macro half_done() %}
  {% call statement('delete', auto_begin=true) %} delete from granted {% endcall %}
  {% call statement('wrong') %} delete from not_there {% endcall %}
{% endmacro %}

{% macro deep() %}
  {{ below() }}
{% endmacro %}

{% macro below() %}
  {% do exceptions.raise_compiler_error('nothing to be done below') %}
{% endmacro %}

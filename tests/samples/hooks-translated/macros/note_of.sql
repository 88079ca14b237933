{% macro note_of(relation) %}
insert into audit
select '{{ relation.identifier }}', count_if(id > 1), listagg(id, ',') within group (order by id desc)
from {{ relation }}
{% endmacro %}

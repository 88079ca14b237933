{% for status in var('statuses', ['open']) %}
select '{{ status }}' as status, {{ var('since') + 1 }} as first_year
{% endfor %}

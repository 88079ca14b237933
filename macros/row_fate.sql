{#
  What becomes of a raw row. Every row of a feed has exactly one fate, so that none can get lost unnoticed:

    rejected     it broke a rule, see reject_reason
    superseded   a later version of the same record corrects it
    duplicate    the same version of the same record came before
    accepted     the one that counts

  Rows compete only with rows that broke no rule (reject_reason is part of the partition): a broken re-send never displaces a
  good row. Of equal rows the first received counts, so that a re-sent file moves nothing in time.
#}
{% macro row_fate(key, version=none) -%}
    {%- set same_record = (key + ['reject_reason']) | join(', ') -%}
    case
        when reject_reason is not null then 'rejected'
        {%- if version is not none %}
        when {{ version }} < max({{ version }}) over (partition by {{ same_record }}) then 'superseded'
        {%- endif %}
        when row_number() over (
            partition by {{ same_record }}{{ ', ' ~ version if version is not none }}
            order by received_on, source_file
        ) > 1 then 'duplicate'
        else 'accepted'
    end
{%- endmacro %}

-- Fault: currencies as signs, in lower case, with blanks. A row may be refused for its currency only if it is none that we know.
select
    feed,
    source_file,
    raw_record
from {{ ref('stg_rejected_rows') }}
where reject_reason = 'unknown_currency'
    and (
        upper(raw_record) like '%|EUR%'
        or upper(raw_record) like '%|GBP%'
        or upper(raw_record) like '%|CHF%'
        or raw_record like '%€%'
        or raw_record like '%£%'
    )

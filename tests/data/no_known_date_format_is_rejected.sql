-- Fault: a till changes its date format, and its rows are refused as unparsable. The ones refused today are no dates at all.
-- Of those that look like one (two separators around digits, no zero day or month, no day 30 of February) none may be refused.
select
    feed,
    source_file,
    raw_record
from {{ ref('stg_rejected_rows') }}
where reject_reason = 'unparsable_date'
    and {{ matches(
        'raw_record',
        '(20[0-9]{2}[-/.](0[1-9]|1[0-2])[-/.](0[1-9]|1[0-9]|2[0-8])|(0[1-9]|1[0-9]|2[0-8])[-/.](0[1-9]|1[0-2])[-/.]20[0-9]{2})'
    ) }}
    -- An order's record has a second date that is fine.
    and feed <> 'orders'

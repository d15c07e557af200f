with

findings as (
    select * from {{ ref('int_finding__counts') }}
    union all
    select * from {{ ref('int_finding__charts') }}
    union all
    select * from {{ ref('int_finding__shares') }}
)

select
    finding_kind,
    source_document,
    question_id,
    subject,
    claimed,
    base,
    found,
    cast(needed as integer) as needed,
    cast(available as integer) as available,
    claims
from findings
order by source_document desc, finding_kind, question_id, subject, claimed, base

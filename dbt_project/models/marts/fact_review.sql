with

decisions as (
    select * from {{ ref('int_document__decisions') }}
)

select
    source_id,
    kind,
    document_id,
    passage_sha256,
    quote,
    decision,
    standing,
    passage_id,
    value,
    unit,
    per,
    qualifier,
    subject_iso3,
    stated_year,
    role,
    name,
    reviewer,
    reviewed_on,
    note,
    sentence
from decisions
order by source_id, kind, document_id, passage_sha256, quote

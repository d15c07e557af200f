with

facts as (
    select * from {{ ref('int_document__facts') }}
),

passages as (
    select * from {{ ref('int_document__passages') }}
)

select
    facts.passage_id || '/' || cast(facts.fact_no as varchar) as fact_id,
    facts.kind,
    facts.status,
    facts.found_by,
    passages.document_id,
    passages.work_id,
    passages.network,
    facts.role,
    facts.name,
    facts.quote,
    facts.sentence,
    facts.passage_id,
    passages.text_sha256 as passage_sha256,
    passages.citation,
    passages.link,
    facts.reviewer,
    facts.reviewed_on,
    facts.note,
    passages.source_id
from facts
inner join passages on facts.passage_id = passages.passage_id
order by passages.document_id, passages.passage_no, facts.fact_no

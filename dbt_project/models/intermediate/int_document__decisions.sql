with

facts as (
    select * from {{ ref('stg_document__reviewed_facts') }}
),

passages as (
    select * from {{ ref('int_document__passages') }}
),

-- the words of a passage that stands twice in a source are decided once
texts as (
    select
        source_id,
        text_sha256,
        min(passage_id) as passage_id
    from passages
    group by source_id, text_sha256
),

decisions as (
    select
        facts.source_id,
        facts.kind,
        facts.document_id,
        facts.passage_sha256,
        facts.quote,
        facts.value,
        facts.unit,
        facts.per,
        facts.qualifier,
        facts.subject_iso3,
        facts.stated_year,
        facts.role,
        facts.name,
        facts.decision,
        facts.reviewer,
        facts.reviewed_on,
        facts.note,
        facts.sentence,
        texts.passage_id,
        case when texts.passage_id is null then 'stale' else 'applies' end as standing
    from facts
    left join texts on facts.source_id = texts.source_id and facts.passage_sha256 = texts.text_sha256
)

select * from decisions

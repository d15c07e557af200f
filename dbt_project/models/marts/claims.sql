with

claims as (
    select * from {{ ref('int_document__claims') }}
),

passages as (
    select * from {{ ref('int_document__passages') }}
),

texts as (
    select * from {{ ref('int_document__texts') }}
)

select
    claims.passage_id || '/' || cast(claims.claim_no as varchar) as claim_id,
    claims.status,
    claims.found_by,
    passages.document_id,
    passages.network,
    claims.passage_id,
    claims.quote,
    claims.sentence,
    claims.value,
    claims.unit,
    claims.per,
    claims.qualifier,
    claims.subject_iso3,
    claims.stated_year,
    coalesce(texts.published_on, texts.adopted_on, texts.updated_on) as source_date,
    {{ date_precision('coalesce(texts.published_on, texts.adopted_on, texts.updated_on)') }}
        as source_date_precision,
    passages.citation,
    passages.link,
    passages.text_sha256 as passage_sha256,
    claims.reviewer,
    claims.reviewed_on,
    claims.note,
    passages.source_id
from claims
inner join passages on claims.passage_id = passages.passage_id
left join texts on passages.document_id = texts.document_id
order by passages.document_id, passages.passage_no, claims.claim_no

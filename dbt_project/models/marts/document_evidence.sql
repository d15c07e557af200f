with

passages as (
    select * from {{ ref('int_document__passages') }}
),

codings as (
    select * from {{ ref('int_coding__effective') }}
    where target_kind = 'passage'
),

evidence as (
    select
        target_id,
        theme_code,
        code,
        {{ listed('distinct terms', 'terms', '|') }} as terms,
        max(confidence) as confidence,
        min(coder) as coder
    from codings
    group by target_id, theme_code, code
)

select
    passages.passage_id,
    passages.document_id,
    passages.network,
    passages.year,
    passages.page,
    passages.heading_path,
    passages.passage_no,
    passages.lang,
    passages.is_ocr,
    passages.text,
    passages.citation,
    passages.link,
    evidence.theme_code,
    evidence.code,
    evidence.terms,
    evidence.confidence,
    evidence.coder,
    passages.source_id,
    passages.char_start,
    passages.char_end
from passages
inner join evidence on passages.passage_id = evidence.target_id
order by passages.document_id, passages.passage_no, evidence.code

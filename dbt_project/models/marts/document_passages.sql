with

passages as (
    select * from {{ ref('int_document__passages') }}
)

select
    passage_id,
    document_id,
    work_id,
    network,
    year,
    page,
    heading_path,
    passage_no,
    passage_kind,
    lang,
    is_ocr,
    text,
    text_sha256,
    citation,
    link,
    char_start,
    char_end,
    source_id
from passages
order by document_id, passage_no

with

codings as (
    select * from {{ ref('int_coding__ranked') }}
),

answers as (
    select * from {{ ref('stg_survey__answers') }}
),

passages as (
    select * from {{ ref('stg_document__passages') }}
)

select
    codings.target_kind,
    codings.target_id,
    codings.current_unit_no as unit_no,
    codings.code,
    codings.coder,
    codings.coder_type,
    codings.coder_role,
    codings.codebook_version,
    codings.standing,
    codings.is_primary,
    codings.theme_code,
    codings.confidence,
    codings.terms,
    codings.span_start,
    codings.span_end,
    {{ part_of('coalesce(answers.answer_text, passages.text)', 'codings.span_start', 'codings.span_end') }}
        as unit_text,
    answers.survey_id,
    answers.wave,
    answers.question_id,
    passages.document_id,
    codings.source_id,
    codings.item_name,
    codings.row_no,
    codings.snapshot_sha256
from codings
left join answers on codings.target_kind = 'answer' and codings.target_id = answers.answer_id
left join passages on codings.target_kind = 'passage' and codings.target_id = passages.passage_id
order by
    codings.target_kind, codings.target_id, unit_no, codings.coder, codings.source_id,
    codings.is_primary desc, codings.code

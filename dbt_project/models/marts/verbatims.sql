with

answered as (
    select * from {{ ref('int_survey__answered') }}
),

codings as (
    select * from {{ ref('int_coding__answers') }}
),

publishable as (
    select * from answered
    where is_publishable
)

select
    publishable.answer_id,
    publishable.survey_id,
    publishable.wave,
    publishable.question_id,
    publishable.slot,
    publishable.pes_id,
    publishable.region_id,
    publishable.lang,
    publishable.answer_text,
    publishable.is_translated,
    publishable.published_heading,
    codings.primary_code,
    codings.theme_code,
    codings.codes,
    codings.terms,
    codings.coder,
    codings.coder_type,
    codings.codebook_version,
    publishable.source_id,
    publishable.item_name,
    publishable.row_no,
    publishable.snapshot_sha256
from publishable
left join codings on publishable.answer_id = codings.answer_id
order by publishable.answer_id

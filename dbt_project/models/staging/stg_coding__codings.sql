with

landed as (
    select * from {{ landing('codings') }}
),

answers as (
    select
        answer_id,
        answer_text
    from {{ landing('answers') }}
),

withheld as (
    select answer_id from {{ ref('stg_survey__answers') }}
    where not is_publishable
),

-- the words found in a withheld answer are words of that answer, and so is a hash of a short one
codings as (
    select
        landed.target_kind,
        landed.target_id,
        landed.unit_no,
        landed.span_start,
        landed.span_end,
        landed.question_id,
        landed.lang,
        landed.code,
        landed.is_primary,
        landed.confidence,
        case when withheld.answer_id is null then nullif(landed.terms, '') end as terms,
        landed.coder,
        landed.coder_type,
        landed.coder_role,
        coalesce(
            landed.unit_text_sha256
            <> {{ sha256_of(part_of('answers.answer_text', 'landed.span_start', 'landed.span_end')) }}, false
        ) as is_text_changed,
        landed.codebook_version,
        landed.source_id,
        landed.snapshot_sha256,
        landed.item_name,
        landed.row_no
    from landed
    left join withheld on landed.target_id = withheld.answer_id
    left join answers on landed.target_kind = 'answer' and landed.target_id = answers.answer_id
)

select * from codings

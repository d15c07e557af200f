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
    select
        answer_id,
        attribution = 'withheld' as is_of_nobody
    from {{ ref('stg_survey__answers') }}
    where not is_publishable
),

-- the words found in a withheld answer are words of that answer, as is a hash of short ones; its language
-- or place in the file may tell whose
codings as (
    select
        landed.target_kind,
        landed.target_id,
        landed.unit_no,
        landed.span_start,
        landed.span_end,
        landed.question_id,
        case when not coalesce(withheld.is_of_nobody, false) then landed.lang end as lang,
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
        case when not coalesce(withheld.is_of_nobody, false) then landed.row_no end as row_no
    from landed
    left join withheld on landed.target_id = withheld.answer_id
    left join answers on landed.target_kind = 'answer' and landed.target_id = answers.answer_id
)

select * from codings

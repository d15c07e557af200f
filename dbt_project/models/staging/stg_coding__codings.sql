with

landed as (
    select * from {{ landing('codings') }}
),

withheld as (
    select
        answer_id,
        attribution = 'withheld' as is_of_nobody
    from {{ ref('stg_survey__answers') }}
    where not is_publishable
),

-- the words found in a withheld answer are words of that answer; its language and place may tell whose it is
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
        landed.codebook_version,
        landed.source_id,
        landed.snapshot_sha256,
        landed.item_name,
        case when not coalesce(withheld.is_of_nobody, false) then landed.row_no end as row_no
    from landed
    left join withheld on landed.target_id = withheld.answer_id
)

select * from codings

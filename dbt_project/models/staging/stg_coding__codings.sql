with

landed as (
    select * from {{ landing('codings') }}
),

codings as (
    select
        target_kind,
        target_id,
        unit_no,
        span_start,
        span_end,
        question_id,
        lang,
        code,
        is_primary,
        confidence,
        nullif(terms, '') as terms,
        coder,
        coder_type,
        codebook_version,
        source_id,
        snapshot_sha256,
        item_name,
        row_no
    from landed
)

select * from codings

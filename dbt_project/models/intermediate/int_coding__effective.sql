with

codings as (
    select * from {{ ref('int_coding__ranked') }}
    where standing = 'in_force'
),

effective as (
    select
        target_kind,
        target_id,
        current_unit_no as unit_no,
        family_code,
        theme_code,
        level,
        code,
        is_primary,
        confidence,
        terms,
        coder,
        coder_type,
        codebook_version
    from codings
)

select * from effective

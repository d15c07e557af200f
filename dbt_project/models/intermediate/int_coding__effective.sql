with

codings as (
    select * from {{ ref('stg_coding__codings') }}
),

codes as (
    select * from {{ ref('int_codebook__codes') }}
),

-- one coder counts per target: a person before a model before a rule, then the newest codebook
ranked as (
    select
        *,
        dense_rank() over (
            partition by target_kind, target_id
            order by
                case coder_type when 'human' then 1 when 'model' then 2 else 3 end,
                codebook_version desc,
                coder
        ) as preference
    from codings
),

effective as (
    select
        ranked.target_kind,
        ranked.target_id,
        ranked.unit_no,
        codes.family_code,
        codes.theme_code,
        codes.level,
        ranked.code,
        ranked.is_primary,
        ranked.confidence,
        ranked.terms,
        ranked.coder,
        ranked.coder_type,
        ranked.codebook_version
    from ranked
    inner join codes on ranked.code = codes.code
    where ranked.preference = 1
)

select * from effective

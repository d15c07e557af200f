with

codings as (
    select * from {{ ref('stg_coding__codings') }}
),

codes as (
    select * from {{ ref('int_codebook__codes') }}
),

-- a code that the codebook no longer has counts for nothing, and must not outrank one that it has
known as (
    select
        codings.*,
        codes.family_code,
        codes.theme_code,
        codes.level
    from codings
    inner join codes on codings.code = codes.code
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
    from known
),

effective as (
    select
        target_kind,
        target_id,
        unit_no,
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
    from ranked
    where preference = 1
)

select * from effective

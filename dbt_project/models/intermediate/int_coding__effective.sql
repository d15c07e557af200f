with

codings as (
    select * from {{ ref('stg_coding__codings') }}
),

codes as (
    select * from {{ ref('int_codebook__codes') }}
),

current_codes as (
    select * from {{ ref('int_codebook__current_codes') }}
),

-- a code of an older codebook counts as what it has become; one without a single heir counts for
-- nothing, and must not outrank one that has
known as (
    select
        codings.target_kind,
        codings.target_id,
        codings.unit_no,
        codings.is_primary,
        codings.confidence,
        codings.terms,
        codings.coder,
        codings.coder_type,
        codings.codebook_version,
        codes.code,
        codes.family_code,
        codes.theme_code,
        codes.level
    from codings
    left join current_codes
        on codings.codebook_version = current_codes.codebook_version and codings.code = current_codes.code
    inner join codes
        on
            codes.code
            = case when current_codes.code is null then codings.code else current_codes.current_code end
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

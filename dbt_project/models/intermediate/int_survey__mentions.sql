with

answered as (
    select * from {{ ref('int_survey__answered') }}
),

codings as (
    select * from {{ ref('int_coding__effective') }}
    where target_kind = 'answer'
),

levels as (
    select
        target_id,
        unit_no,
        'family' as level,
        family_code as code
    from codings
    union
    select
        target_id,
        unit_no,
        'theme' as level,
        theme_code as code
    from codings
    where theme_code is not null
    union
    select
        target_id,
        unit_no,
        'subtheme' as level,
        code
    from codings
    where level = 'subtheme'
),

mentions as (
    select
        answered.answer_id,
        levels.unit_no,
        levels.level,
        levels.code,
        answered.survey_id,
        answered.wave,
        answered.question_id,
        answered.slot,
        answered.denominator_kind,
        answered.counted_id,
        answered.pes_id,
        answered.country_iso3,
        answered.region_id
    from answered
    inner join levels on answered.answer_id = levels.target_id
)

select * from mentions

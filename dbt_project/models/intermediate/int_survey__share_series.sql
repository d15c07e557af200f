with

waves as (
    select * from {{ ref('int_survey__wave_pairs') }}
),

named as (
    select * from {{ ref('int_survey__code_sums') }}
),

breaks as (
    select * from {{ ref('int_codebook__breaks') }}
),

-- a code that one wave names has its place in all of them, with nobody naming it
codes as (
    select distinct
        survey_id,
        question_id,
        level,
        code
    from named
),

counts as (
    select
        waves.*,
        codes.level,
        codes.code,
        coalesce(named.respondents, 0) as respondents,
        breaks.code is not null as is_changed
    from waves
    inner join codes on waves.survey_id = codes.survey_id and waves.question_id = codes.question_id
    left join named
        on
            waves.survey_id = named.survey_id
            and waves.wave = named.wave
            and waves.question_id = named.question_id
            and codes.level = named.level
            and codes.code = named.code
    left join breaks
        on
            waves.survey_id = breaks.survey_id
            and waves.wave = breaks.wave
            and waves.question_id = breaks.question_id
            and codes.code = breaks.code
)

select
    survey_id,
    question_id,
    wave,
    previous_wave,
    denominator_kind,
    answering,
    respondents_in_both,
    level,
    code,
    respondents,
    is_changed,
    cast(respondents as double) / answering as share,
    {{ wilson_low('respondents', 'answering') }} as ci_low,
    {{ wilson_high('respondents', 'answering') }} as ci_high
from counts

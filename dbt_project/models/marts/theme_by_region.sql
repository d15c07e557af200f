with

answered as (
    select * from {{ ref('int_survey__answered') }}
    where denominator_kind = 'respondents'
),

mentions as (
    select * from {{ ref('int_survey__mentions') }}
),

denominators as (
    select
        survey_id,
        wave,
        question_id,
        region_id,
        count(distinct counted_id) as denominator
    from answered
    group by survey_id, wave, question_id, region_id
),

counts as (
    select
        survey_id,
        wave,
        question_id,
        region_id,
        level,
        code,
        count(distinct counted_id) as respondents
    from mentions
    group by survey_id, wave, question_id, region_id, level, code
)

select
    counts.survey_id,
    counts.wave,
    counts.question_id,
    counts.region_id,
    counts.level,
    counts.code,
    counts.respondents,
    denominators.denominator,
    cast(counts.respondents as double) / denominators.denominator as share,
    {{ wilson_low('counts.respondents', 'denominators.denominator') }} as ci_low,
    {{ wilson_high('counts.respondents', 'denominators.denominator') }} as ci_high,
    denominators.denominator < 5 as is_small
from counts
inner join denominators
    on
        counts.survey_id = denominators.survey_id
        and counts.wave = denominators.wave
        and counts.question_id = denominators.question_id
        and counts.region_id = denominators.region_id
order by
    counts.survey_id, counts.wave, counts.question_id, counts.region_id, counts.level,
    counts.respondents desc, counts.code

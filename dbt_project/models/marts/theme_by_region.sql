with

strata as (
    select * from {{ ref('int_survey__strata') }}
),

named as (
    select * from {{ ref('int_survey__named') }}
),

methods as (
    select * from {{ ref('figure_method') }}
    where method = 'plain'
),

counts as (
    select
        survey_id,
        wave,
        question_id,
        region_id,
        level,
        code,
        count(*) as respondents
    from named
    group by survey_id, wave, question_id, region_id, level, code
)

select
    counts.survey_id,
    counts.wave,
    counts.question_id,
    counts.region_id,
    counts.level,
    counts.code,
    methods.method,
    methods.definition,
    counts.respondents,
    strata.respondents as denominator,
    'respondents' as denominator_kind,
    cast(counts.respondents as double) / strata.respondents as share,
    {{ wilson_low('counts.respondents', 'strata.respondents', 'strata.frame_members') }} as ci_low,
    {{ wilson_high('counts.respondents', 'strata.respondents', 'strata.frame_members') }} as ci_high,
    strata.members,
    {{ fpc('strata.respondents', 'strata.members', 'strata.frame_members') }} as fpc,
    strata.respondents < 5 as is_small,
    counts.respondents = 1 as is_single
from counts
inner join strata
    on
        counts.survey_id = strata.survey_id
        and counts.wave = strata.wave
        and counts.question_id = strata.question_id
        and counts.region_id = strata.region_id
cross join methods
order by
    counts.survey_id, counts.wave, counts.question_id, counts.region_id, counts.level,
    counts.respondents desc, counts.code

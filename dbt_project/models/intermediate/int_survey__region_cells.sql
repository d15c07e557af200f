with

-- whoever is in no region of the network has no part in a comparison of regions
strata as (
    select strata.* from {{ ref('int_survey__strata') }} as strata
    inner join {{ ref('region') }} as regions on strata.region_id = regions.region_id
),

named as (
    select * from {{ ref('int_survey__named') }}
),

counts as (
    select
        strata.survey_id,
        strata.wave,
        strata.question_id,
        strata.region_id,
        named.level,
        named.code,
        count(*) as respondents
    from named
    inner join strata
        on
            named.survey_id = strata.survey_id
            and named.wave = strata.wave
            and named.question_id = strata.question_id
            and named.region_id = strata.region_id
    group by
        strata.survey_id, strata.wave, strata.question_id, strata.region_id, named.level, named.code
),

codes as (
    select distinct
        survey_id,
        wave,
        question_id,
        level,
        code
    from counts
)

select
    codes.survey_id,
    codes.wave,
    codes.question_id,
    codes.level,
    codes.code,
    strata.region_id,
    coalesce(counts.respondents, 0) as respondents,
    strata.respondents as region_respondents
from codes
inner join strata
    on
        codes.survey_id = strata.survey_id
        and codes.wave = strata.wave
        and codes.question_id = strata.question_id
left join counts
    on
        codes.survey_id = counts.survey_id
        and codes.wave = counts.wave
        and codes.question_id = counts.question_id
        and codes.level = counts.level
        and codes.code = counts.code
        and strata.region_id = counts.region_id

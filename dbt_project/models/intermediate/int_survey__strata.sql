with

-- a PES that asked for neutrality counts in no region
answered as (
    select * from {{ ref('int_survey__answered') }}
    where denominator_kind = 'respondents' and region_id <> 'withheld'
),

frames as (
    select * from {{ ref('membership_frame') }}
    where is_complete
),

members as (
    select
        survey_id,
        wave,
        region_id,
        count(distinct pes_id) as members
    from {{ ref('int_survey__members') }}
    group by survey_id, wave, region_id
),

strata as (
    select
        survey_id,
        wave,
        question_id,
        region_id,
        count(distinct counted_id) as respondents
    from answered
    group by survey_id, wave, question_id, region_id
)

select
    strata.survey_id,
    strata.wave,
    strata.question_id,
    strata.region_id,
    strata.respondents,
    members.members,
    case when frames.is_complete then members.members end as frame_members
from strata
left join members
    on
        strata.survey_id = members.survey_id
        and strata.wave = members.wave
        and strata.region_id = members.region_id
left join frames on strata.wave >= frames.valid_from and strata.wave <= coalesce(frames.valid_to, strata.wave)

-- landed responses reach the waves and the regions, none lost, none twice
with

landed as (
    select
        survey_id,
        wave,
        count(distinct source_id || '/' || response_id) as responses,
        count(respondent_key) > 0 as prints_respondents
    from {{ ref('stg_survey__answers') }}
    group by survey_id, wave
),

covered as (
    select
        survey_id,
        wave,
        sum(responses) as responses
    from {{ ref('response_coverage') }}
    group by survey_id, wave
)

select
    landed.survey_id,
    landed.wave,
    landed.responses as landed_responses,
    waves.responses as wave_responses,
    covered.responses as covered_responses
from landed
left join {{ ref('dim_wave') }} as waves on landed.survey_id = waves.survey_id and landed.wave = waves.wave
left join covered on landed.survey_id = covered.survey_id and landed.wave = covered.wave
where
    coalesce(waves.responses, 0) <> landed.responses
    or (landed.prints_respondents and coalesce(covered.responses, 0) <> landed.responses)

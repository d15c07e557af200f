with

answers as (
    select * from {{ ref('stg_survey__answers') }}
),

respondents as (
    select * from {{ ref('int_survey__respondents') }}
),

pes as (
    select * from {{ ref('pes') }}
),

responses as (
    select
        source_id,
        survey_id,
        wave,
        response_id,
        min(respondent_raw) as respondent_raw,
        min(respondent_key) as respondent_key,
        min(submitted_at) as submitted_at,
        count(case when value_state = 'answered' then 1 end) as answers,
        min(item_name) as item_name,
        min(row_no) as row_no
    from answers
    group by source_id, survey_id, wave, response_id
),

resolved as (
    select
        responses.*,
        respondents.pes_id,
        pes.country_iso3,
        coalesce(pes.region_id, 'unresolved') as region_id,
        case
            when count(responses.respondent_key) over (partition by responses.survey_id, responses.wave) = 0
                then 'anonymous'
            else coalesce(respondents.resolution, 'unresolved')
        end as resolution,
        count(respondents.pes_id) over (
            partition by responses.survey_id, responses.wave, respondents.pes_id
        ) as responses_of_pes
    from responses
    left join respondents on responses.respondent_key = respondents.respondent_key
    left join pes on respondents.pes_id = pes.pes_id
),

reviewed as (
    select
        source_id,
        survey_id,
        wave,
        response_id,
        coalesce(pes_id, 'response:' || response_id) as respondent_id,
        respondent_raw,
        respondent_key,
        pes_id,
        country_iso3,
        region_id,
        resolution,
        case
            when responses_of_pes > 1 then 'duplicate'
            when resolution in ('unresolved', 'ambiguous') then resolution
        end as review_reason,
        answers,
        submitted_at,
        item_name,
        row_no
    from resolved
)

select * from reviewed

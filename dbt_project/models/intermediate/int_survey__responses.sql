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
        min(attribution) as attribution,
        min(submitted_at) as submitted_at,
        min(case when is_complete then 1 when not is_complete then 0 end) = 1 as is_complete,
        count(*) as slots,
        count(case when value_state = 'answered' then 1 end) as answers,
        min(item_name) as item_name,
        min(row_no) as row_no
    from answers
    group by source_id, survey_id, wave, response_id
),

-- where a wave prints no respondent, and a row is an answer, nobody can tell who gave two of them
waves as (
    select
        survey_id,
        wave,
        count(case when attribution = 'named' then 1 end) = 0 as is_anonymous,
        count(respondent_key) = 0 and max(slots) = 1 as is_list_of_answers
    from responses
    group by survey_id, wave
),

resolved as (
    select
        responses.*,
        pes.pes_id,
        pes.country_iso3,
        case
            when responses.attribution = 'withheld' then 'withheld'
            when waves.is_anonymous or responses.attribution = 'anonymous' then 'anonymous'
            else coalesce(respondents.resolution, 'unresolved')
        end as resolution,
        case
            when waves.is_anonymous and waves.is_list_of_answers then 'answers' else 'respondents'
        end as denominator_kind,
        coalesce(pes.region_id, 'unresolved') as region_id,
        coalesce(
            pes.pes_id,
            case when responses.attribution = 'anonymous' then 'respondent:' || responses.respondent_key end,
            'response:' || responses.response_id
        ) as respondent_id
    from responses
    inner join waves on responses.survey_id = waves.survey_id and responses.wave = waves.wave
    left join respondents
        on responses.respondent_key = respondents.respondent_key and responses.attribution = 'named'
    left join pes on respondents.pes_id = pes.pes_id
),

reviewed as (
    select
        source_id,
        survey_id,
        wave,
        response_id,
        respondent_id,
        respondent_raw,
        respondent_key,
        attribution,
        pes_id,
        country_iso3,
        case when resolution = 'withheld' then 'withheld' else region_id end as region_id,
        resolution,
        denominator_kind,
        case
            when count(*) over (partition by survey_id, wave, respondent_id) > 1 then 'duplicate'
            when resolution in ('unresolved', 'ambiguous') then resolution
        end as review_reason,
        is_complete,
        answers,
        submitted_at,
        item_name,
        row_no
    from resolved
)

select * from reviewed

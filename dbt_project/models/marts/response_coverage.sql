with

-- a wave that prints no respondent can be held against no member
responses as (
    select * from {{ ref('int_survey__responses') }}
    where resolution <> 'anonymous'
),

members as (
    select * from {{ ref('int_survey__members') }}
),

answering as (
    select
        survey_id,
        wave,
        region_id,
        count(*) as responses,
        count(distinct respondent_id) as respondents,
        count(distinct pes_id) as pes,
        count(distinct country_iso3) as countries,
        count(review_reason) as responses_under_review
    from responses
    group by survey_id, wave, region_id
),

cells as (
    select
        survey_id,
        wave,
        region_id
    from members
    union
    select
        survey_id,
        wave,
        region_id
    from answering
)

select
    cells.survey_id,
    cells.wave,
    cells.region_id,
    coalesce(answering.responses, 0) as responses,
    coalesce(answering.pes, 0) as pes,
    coalesce(answering.countries, 0) as countries,
    members.members,
    cast(coalesce(answering.pes, 0) as double) / members.members as coverage_share,
    coalesce(answering.responses_under_review, 0) as responses_under_review,
    coalesce(answering.respondents, 0) < 5 as is_small
from cells
left join members
    on
        cells.survey_id = members.survey_id
        and cells.wave = members.wave
        and cells.region_id = members.region_id
left join answering
    on
        cells.survey_id = answering.survey_id
        and cells.wave = answering.wave
        and cells.region_id = answering.region_id
order by cells.survey_id, cells.wave, cells.region_id

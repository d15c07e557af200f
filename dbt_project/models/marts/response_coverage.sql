with

-- a wave that prints no respondent can be held against no member
responses as (
    select * from {{ ref('int_survey__responses') }}
    where resolution <> 'anonymous'
),

frames as (
    select * from {{ ref('membership_frame') }}
),

member_pes as (
    select * from {{ ref('int_survey__members') }}
),

methods as (
    select * from {{ ref('figure_method') }}
    where method = 'coverage'
),

-- coverage compares members that answered with members, not with whoever answered
members as (
    select
        member_pes.survey_id,
        member_pes.wave,
        member_pes.region_id,
        count(distinct member_pes.pes_id) as members,
        count(distinct responses.pes_id) as members_answering
    from member_pes
    left join responses
        on
            member_pes.survey_id = responses.survey_id
            and member_pes.wave = responses.wave
            and member_pes.pes_id = responses.pes_id
    group by member_pes.survey_id, member_pes.wave, member_pes.region_id
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
    methods.method,
    methods.definition,
    members.members_answering,
    members.members,
    coalesce(frames.is_complete, false) as is_frame_complete,
    cast(members.members_answering as double) / members.members as coverage_share,
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
left join frames on cells.wave >= frames.valid_from and cells.wave <= coalesce(frames.valid_to, cells.wave)
cross join methods
order by cells.survey_id, cells.wave, cells.region_id

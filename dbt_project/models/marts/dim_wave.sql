with

responses as (
    select * from {{ ref('int_survey__responses') }}
),

sources as (
    select * from {{ ref('meta_sources') }}
),

codings as (
    select * from {{ ref('int_coding__waves') }}
),

waves as (
    select
        survey_id,
        wave,
        min(source_id) as source_id,
        count(*) as responses,
        count(distinct pes_id) as pes,
        count(distinct country_iso3) as countries,
        cast(sum(answers) as bigint) as answers,
        count(review_reason) as responses_under_review,
        min(submitted_at) as first_submitted_at,
        max(submitted_at) as last_submitted_at
    from responses
    group by survey_id, wave
)

select
    waves.survey_id,
    waves.wave,
    waves.source_id,
    sources.title,
    sources.is_synthetic,
    waves.responses,
    waves.pes,
    waves.countries,
    waves.answers,
    waves.responses_under_review,
    coalesce(codings.units, 0) as units,
    coalesce(codings.units_checked_by_person, 0) as units_checked_by_person,
    coalesce(codings.coding_status, 'provisional') as coding_status,
    waves.first_submitted_at,
    waves.last_submitted_at
from waves
left join sources on waves.source_id = sources.source_id
left join codings on waves.survey_id = codings.survey_id and waves.wave = codings.wave
order by waves.survey_id, waves.wave

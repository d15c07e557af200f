with

passages as (
    select * from {{ ref('int_document__passages') }}
    where year is not null
),

waves as (
    select distinct
        survey_id,
        wave
    from {{ ref('int_survey__answered') }}
),

years as (
    select
        network,
        year,
        count(distinct document_id) as documents_in_year,
        count(*) as passages_in_year
    from passages
    group by network, year
),

-- per survey the wave nearest to the year of the documents, the earlier one of two
nearest as (
    select
        years.*,
        coalesce(waves.survey_id, 'none') as survey_id,
        waves.wave,
        row_number() over (
            partition by years.network, years.year, waves.survey_id
            order by abs(waves.wave - years.year), waves.wave
        ) as place
    from years
    left join waves on true
)

select * from nearest
where place = 1

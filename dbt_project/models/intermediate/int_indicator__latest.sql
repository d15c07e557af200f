with

countries as (
    select * from {{ ref('int_survey__countries') }}
),

figures as (
    select * from {{ ref('int_indicator__figures') }}
    where value is not null
),

-- a wave is read against the figures of its year or before: a projection only where there is nothing else,
-- of one year the year itself before its quarters and months
ranked as (
    select
        countries.survey_id,
        countries.wave,
        figures.country_iso3,
        figures.concept_id,
        figures.freq,
        figures.time_period,
        figures.period_start,
        figures.period_year,
        figures.value,
        figures.obs_flag_raw,
        figures.obs_status,
        figures.basis,
        figures.provider,
        figures.source_id,
        {{ years_before('figures.period_start', 5) }} as base_start,
        row_number() over (
            partition by countries.survey_id, countries.wave, figures.country_iso3, figures.concept_id
            order by
                figures.basis = 'projected',
                figures.period_year desc,
                figures.freq <> 'A',
                figures.period_start desc,
                figures.freq
        ) as recency
    from countries
    inner join figures
        on countries.country_iso3 = figures.country_iso3 and countries.wave >= figures.period_year
)

select * from ranked
where recency = 1

with

countries as (
    select * from {{ ref('int_survey__countries') }}
),

country_values as (
    select * from {{ ref('int_indicator__country_values') }}
),

-- a wave is read against the figures of its year or before; a projection only where there is nothing else
ranked as (
    select
        countries.*,
        country_values.indicator_id,
        country_values.time_period,
        country_values.value,
        country_values.obs_status,
        row_number() over (
            partition by
                countries.survey_id,
                countries.wave,
                countries.country_iso3,
                country_values.indicator_id
            order by
                country_values.is_projected,
                country_values.period_start desc,
                country_values.source_id,
                country_values.row_no
        ) as recency
    from countries
    inner join country_values
        on
            countries.country_iso3 = country_values.country_iso3
            and countries.wave >= country_values.period_year
)

select
    country_iso3,
    survey_id,
    wave,
    pes_ids,
    themes,
    indicator_id,
    time_period,
    value,
    obs_status
from ranked
where recency = 1
order by survey_id, wave, country_iso3, indicator_id

with

countries as (
    select * from {{ ref('int_survey__countries') }}
),

figures as (
    select * from {{ ref('int_indicator__waves') }}
),

themes as (
    select * from {{ ref('stg_catalogue__themes') }}
),

codes as (
    select * from {{ ref('int_survey__country_codes') }}
),

named as (
    select
        codes.survey_id,
        codes.wave,
        codes.country_iso3,
        themes.concept_id,
        {{ listed('codes.code', 'codes.code') }} as linked_themes
    from codes
    inner join themes on codes.code = themes.code
    group by codes.survey_id, codes.wave, codes.country_iso3, themes.concept_id
)

select
    figures.country_iso3,
    figures.survey_id,
    figures.wave,
    countries.pes_ids,
    countries.themes,
    figures.concept_id,
    named.linked_themes,
    figures.freq,
    figures.time_period,
    figures.period_start,
    figures.value,
    figures.obs_flag_raw,
    figures.obs_status,
    figures.basis,
    figures.provider,
    figures.source_id,
    figures.value_5y_before,
    case
        when figures.no_change_because is null
            then
                cast(
                    cast(figures.value as decimal(38, 12)) - cast(figures.value_5y_before as decimal(38, 12))
                    as double
                )
    end as change_5y,
    figures.no_change_because
from figures
inner join countries
    on
        figures.survey_id = countries.survey_id
        and figures.wave = countries.wave
        and figures.country_iso3 = countries.country_iso3
left join named
    on
        figures.survey_id = named.survey_id
        and figures.wave = named.wave
        and figures.country_iso3 = named.country_iso3
        and figures.concept_id = named.concept_id
order by figures.survey_id, figures.wave, figures.country_iso3, figures.concept_id

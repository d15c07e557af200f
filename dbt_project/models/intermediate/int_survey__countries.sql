with

responses as (
    select * from {{ ref('int_survey__responses') }}
    where country_iso3 is not null
),

mentions as (
    select * from {{ ref('int_survey__mentions') }}
    where level = 'theme' and country_iso3 is not null
),

countries as (
    select
        survey_id,
        wave,
        country_iso3,
        {{ listed('distinct pes_id', 'pes_id') }} as pes_ids
    from responses
    group by survey_id, wave, country_iso3
),

themes as (
    select
        survey_id,
        wave,
        country_iso3,
        {{ listed('distinct code', 'code') }} as themes
    from mentions
    group by survey_id, wave, country_iso3
),

answering as (
    select
        countries.survey_id,
        countries.wave,
        countries.country_iso3,
        countries.pes_ids,
        themes.themes
    from countries
    left join themes
        on
            countries.survey_id = themes.survey_id
            and countries.wave = themes.wave
            and countries.country_iso3 = themes.country_iso3
)

select * from answering

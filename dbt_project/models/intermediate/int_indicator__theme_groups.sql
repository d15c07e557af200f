with

figures as (
    select * from {{ ref('int_indicator__waves') }}
),

themes as (
    select * from {{ ref('stg_catalogue__themes') }}
),

codes as (
    select * from {{ ref('int_survey__country_codes') }}
),

-- a figure that is more than five years older than the wave says little of what its PES named
placed as (
    select
        figures.survey_id,
        figures.wave,
        figures.concept_id,
        themes.code,
        figures.value,
        figures.period_year,
        figures.basis,
        codes.code is not null as is_named
    from figures
    inner join themes on figures.concept_id = themes.concept_id
    left join codes
        on
            figures.survey_id = codes.survey_id
            and figures.wave = codes.wave
            and figures.country_iso3 = codes.country_iso3
            and themes.code = codes.code
    where figures.wave - figures.period_year <= 5
),

grouped as (
    select
        survey_id,
        wave,
        concept_id,
        code,
        cast(sum(case when is_named then 1 else 0 end) as integer) as n_named,
        cast(sum(case when is_named then 0 else 1 end) as integer) as n_others,
        avg(case when is_named then value end) as mean_named,
        avg(case when not is_named then value end) as mean_others,
        var_samp(case when is_named then value end) as variance_named,
        var_samp(case when not is_named then value end) as variance_others,
        cast(sum(case when basis <> 'reported' then 1 else 0 end) as integer) as n_not_reported,
        min(period_year) as first_year,
        max(period_year) as last_year
    from placed
    group by survey_id, wave, concept_id, code
)

select * from grouped

with

latest as (
    select * from {{ ref('int_indicator__latest') }}
),

figures as (
    select * from {{ ref('int_indicator__figures') }}
),

breaks as (
    select
        latest.survey_id,
        latest.wave,
        latest.country_iso3,
        latest.concept_id,
        count(*) as breaks_since_base
    from latest
    inner join figures
        on
            latest.concept_id = figures.concept_id
            and latest.country_iso3 = figures.country_iso3
            and latest.freq = figures.freq
            and latest.base_start < figures.period_start
            and latest.period_start >= figures.period_start
    where figures.is_break
    group by latest.survey_id, latest.wave, latest.country_iso3, latest.concept_id
),

based as (
    select
        latest.survey_id,
        latest.wave,
        latest.country_iso3,
        latest.concept_id,
        latest.freq,
        latest.time_period,
        latest.period_start,
        latest.period_year,
        latest.value,
        latest.obs_flag_raw,
        latest.obs_status,
        latest.basis,
        latest.provider,
        latest.source_id,
        bases.value as value_5y_before,
        case
            when bases.value is null then 'no_value_five_years_before'
            when latest.provider <> bases.provider then 'provider_changes'
            when latest.basis <> bases.basis then 'basis_differs'
            when breaks.breaks_since_base > 0 then 'break_between'
        end as no_change_because
    from latest
    left join figures as bases
        on
            latest.concept_id = bases.concept_id
            and latest.country_iso3 = bases.country_iso3
            and latest.freq = bases.freq
            and latest.base_start = bases.period_start
    left join breaks
        on
            latest.survey_id = breaks.survey_id
            and latest.wave = breaks.wave
            and latest.country_iso3 = breaks.country_iso3
            and latest.concept_id = breaks.concept_id
)

select * from based

with

country_values as (
    select * from {{ ref('int_indicator__country_values') }}
),

successions as (
    select * from {{ ref('series_succession') }}
),

replaced as (
    select distinct
        provider,
        old_dataset
    from successions
),

-- never averaged: a value before none, a projection last, then the concept's own order of providers
ranked as (
    select
        country_values.concept_id,
        country_values.country_iso3,
        country_values.freq,
        country_values.time_period,
        country_values.period_start,
        country_values.period_year,
        country_values.value,
        country_values.obs_flag_raw,
        country_values.obs_status,
        country_values.basis,
        country_values.provider,
        country_values.dataset,
        country_values.source_id,
        country_values.snapshot_sha256,
        country_values.item_name,
        country_values.row_no,
        row_number() over (
            partition by
                country_values.concept_id,
                country_values.country_iso3,
                country_values.freq,
                country_values.period_start
            order by
                country_values.value is null,
                country_values.basis = 'projected',
                country_values.provider_rank,
                country_values.basis = 'modelled',
                replaced.old_dataset is not null,
                country_values.source_id,
                country_values.series_no
        ) as place
    from country_values
    left join replaced
        on
            country_values.provider = replaced.provider
            and country_values.dataset = replaced.old_dataset
),

offered as (
    select
        concept_id,
        country_iso3,
        freq,
        period_start,
        count(distinct case when value is not null then source_id end) as sources_with_value
    from country_values
    group by concept_id, country_iso3, freq, period_start
),

preferred as (
    select
        ranked.concept_id,
        ranked.country_iso3,
        ranked.freq,
        ranked.time_period,
        ranked.period_start,
        ranked.period_year,
        ranked.value,
        ranked.obs_flag_raw,
        ranked.obs_status,
        ranked.basis,
        ranked.provider,
        ranked.dataset,
        ranked.source_id,
        ranked.snapshot_sha256,
        ranked.item_name,
        ranked.row_no,
        greatest(offered.sources_with_value - 1, 0) as also_from
    from ranked
    inner join offered
        on
            ranked.concept_id = offered.concept_id
            and ranked.country_iso3 = offered.country_iso3
            and ranked.freq = offered.freq
            and ranked.period_start = offered.period_start
    where ranked.place = 1
)

select * from preferred

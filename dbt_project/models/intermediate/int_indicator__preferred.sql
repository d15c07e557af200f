with

country_values as (
    select * from {{ ref('int_indicator__country_values') }}
),

succeeded as (
    select distinct
        old_provider,
        old_dataset
    from {{ ref('series_succession') }}
),

-- never averaged: a value before none, a projection last, then the concept's own order of providers
ranked as (
    select
        country_values.*,
        row_number() over (
            one_period
            order by
                country_values.value is null,
                country_values.basis = 'projected',
                country_values.provider_rank,
                country_values.basis = 'modelled',
                succeeded.old_dataset is not null,
                country_values.source_id,
                country_values.series_no
        ) as place,
        count(distinct case when country_values.value is not null then country_values.source_id end)
            over one_period as sources_with_value
    from country_values
    left join succeeded
        on country_values.provider = succeeded.old_provider and country_values.dataset = succeeded.old_dataset
    window one_period as (
        partition by
            country_values.concept_id,
            country_values.country_iso3,
            country_values.freq,
            country_values.period_start
    )
)

select
    concept_id,
    country_iso3,
    freq,
    time_period,
    period_start,
    period_year,
    value,
    obs_flag_raw,
    obs_status,
    basis,
    provider,
    dataset,
    source_id,
    snapshot_sha256,
    item_name,
    row_no,
    greatest(sources_with_value - 1, 0) as also_from
from ranked
where place = 1

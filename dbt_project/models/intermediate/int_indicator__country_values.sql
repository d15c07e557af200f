with

observations as (
    select * from {{ ref('stg_indicator__observations') }}
),

areas as (
    select * from {{ ref('geo_area') }}
    where area_kind = 'country'
),

country_values as (
    select
        observations.indicator_id,
        areas.country_iso3,
        observations.time_period,
        observations.period_start,
        cast(extract(year from observations.period_start) as integer) as period_year,
        observations.obs_value as value,
        observations.obs_status,
        observations.obs_flag_raw,
        observations.basis,
        coalesce(observations.basis = 'projected', false) as is_projected,
        observations.source_id,
        observations.snapshot_sha256,
        observations.row_no
    from observations
    inner join areas
        on observations.area_scheme = areas.area_scheme and observations.ref_area = areas.area_code
    where
        observations.is_headline
        and observations.value_state = 'reported'
        and observations.obs_value is not null
        and observations.period_start is not null
)

select * from country_values

with

observations as (
    select * from {{ ref('stg_indicator__observations') }}
),

series as (
    select * from {{ ref('int_indicator__series') }}
),

areas as (
    select * from {{ ref('geo_area') }}
    where area_kind = 'country'
),

placed as (
    select
        series.source_id,
        series.concept_id,
        series.series_no,
        series.role,
        areas.country_iso3,
        observations.freq,
        observations.time_period,
        observations.period_start,
        case
            when observations.value_state = 'reported'
                then {{ scaled_number('observations.obs_value_raw', 'observations.unit_mult') }}
        end as value,
        nullif(observations.obs_flag_raw, '') as obs_flag_raw,
        observations.obs_status,
        observations.basis,
        observations.snapshot_sha256,
        observations.item_name,
        observations.row_no
    from observations
    inner join series
        on observations.source_id = series.source_id and observations.series_key = series.series_key
    inner join areas
        on observations.area_scheme = areas.area_scheme and observations.ref_area = areas.area_code
),

-- the gate lets no two values of one slice, area and period pass; a missing one may stand beside a value
ranked as (
    select
        *,
        row_number() over (
            partition by source_id, concept_id, series_no, role, country_iso3, freq, period_start
            order by value is null, row_no
        ) as place
    from placed
)

select * from ranked
where place = 1

with

country_values as (
    select * from {{ ref('int_indicator__country_values') }}
),

-- a projection is taken only where a country has nothing else
ranked as (
    select
        *,
        row_number() over (
            partition by indicator_id, country_iso3
            order by is_projected, period_start desc, source_id, row_no
        ) as recency
    from country_values
)

select
    indicator_id,
    country_iso3,
    time_period,
    period_start,
    value,
    obs_status,
    obs_flag_raw,
    basis,
    source_id,
    snapshot_sha256,
    row_no
from ranked
where recency = 1
order by indicator_id, country_iso3

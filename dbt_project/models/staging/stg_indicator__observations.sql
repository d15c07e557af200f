with

landed as (
    select * from {{ landing('observations') }}
),

observations as (
    select
        provider,
        dataset,
        series_key,
        freq,
        area_scheme,
        ref_area,
        sex,
        age,
        unit,
        unit_mult,
        time_period,
        period_start,
        obs_value,
        obs_value_raw,
        obs_status,
        obs_flag_raw,
        value_state,
        basis,
        provider_updated_at,
        source_id,
        snapshot_sha256,
        item_name,
        row_no
    from landed
)

select * from observations

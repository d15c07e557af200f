with

vintages as (
    select * from {{ ref('stg_indicator__vintages') }}
),

followed as (
    select
        *,
        lead(valid_from) over observation as valid_to,
        lead(change) over observation as closed_by,
        lead(reason) over observation as closed_reason
    from vintages
    window observation as (partition by source_id, series_key, time_period order by valid_from)
),

-- what vanished is believed no longer: it closes the row before it and opens none
history as (
    select
        source_id,
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
        valid_from,
        valid_to,
        valid_to is null as is_current,
        change as opened_by,
        closed_by,
        closed_reason,
        is_reread,
        load_id,
        snapshot_sha256,
        item_name,
        row_no
    from followed
    where change <> 'vanished'
)

select * from history

with

landed as (
    select * from {{ landing('vintages') }}
),

first_loads as (
    select * from {{ ref('meta_vintages') }}
    where is_first
),

-- the first delta of a source is its first load itself, which says of no row how it changed
vintages as (
    select
        landed.provider,
        landed.dataset,
        landed.series_key,
        landed.freq,
        landed.area_scheme,
        landed.ref_area,
        landed.sex,
        landed.age,
        landed.unit,
        landed.unit_mult,
        landed.time_period,
        landed.period_start,
        landed.obs_value,
        landed.obs_value_raw,
        landed.obs_status,
        nullif(landed.obs_flag_raw, '') as obs_flag_raw,
        landed.value_state,
        landed.basis,
        landed.provider_updated_at,
        coalesce(landed.change, 'new') as change,
        landed.reason,
        landed.previous_value,
        landed.previous_value_raw,
        landed.previous_unit_mult,
        nullif(landed.previous_flag_raw, '') as previous_flag_raw,
        landed.change is null as is_first_load,
        coalesce(landed.is_reread, false) as is_reread,
        coalesce(landed.valid_from, first_loads.valid_from) as valid_from,
        coalesce(landed.load_id, first_loads.load_id) as load_id,
        landed.source_id,
        landed.snapshot_sha256,
        landed.item_name,
        landed.row_no
    from landed
    left join first_loads
        on landed.source_id = first_loads.source_id and landed.change is null
)

select * from vintages

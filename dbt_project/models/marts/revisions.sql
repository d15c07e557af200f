with

vintages as (
    select * from {{ ref('stg_indicator__vintages') }}
    where not is_first_load
),

loads as (
    select * from {{ ref('meta_vintages') }}
),

-- printed decimals are subtracted as such: binary fractions would add noise to the last digits
numbers as (
    select
        vintages.*,
        loads.is_latest as is_latest_load,
        case
            when vintages.previous_value is not null
                then {{ scaled_number('vintages.previous_value_raw', 'vintages.previous_unit_mult') }}
        end as previous_exact,
        case
            when vintages.obs_value is not null
                then {{ scaled_number('vintages.obs_value_raw', 'vintages.unit_mult') }}
        end as new_exact
    from vintages
    inner join loads
        on vintages.source_id = loads.source_id and vintages.valid_from = loads.valid_from
)

select
    source_id,
    provider,
    dataset,
    series_key,
    ref_area,
    unit,
    time_period,
    period_start,
    valid_from as learnt_at,
    load_id,
    is_latest_load,
    change as kind,
    reason,
    previous_exact as previous_value,
    new_exact as new_value,
    cast(new_exact - previous_exact as decimal(38, 15)) as difference,
    previous_flag_raw as previous_flag,
    obs_flag_raw as new_flag,
    is_reread,
    snapshot_sha256,
    item_name,
    row_no
from numbers
order by learnt_at desc, source_id, series_key, time_period

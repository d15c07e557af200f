with

history as (
    select * from {{ ref('int_indicator__history') }}
)

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
    valid_from,
    valid_to,
    is_current,
    opened_by,
    closed_by,
    closed_reason,
    is_reread,
    load_id,
    snapshot_sha256,
    item_name,
    row_no
from history

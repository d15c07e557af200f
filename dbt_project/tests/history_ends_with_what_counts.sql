-- at the end of time the history of a source is the load that counts: row by row, value and flag
with

believed as (
    select
        source_id,
        series_key,
        time_period,
        case when obs_value is not null then {{ scaled_number('obs_value_raw', 'unit_mult') }} end as value,
        obs_flag_raw
    from {{ ref('int_indicator__history') }}
    where {{ as_of("timestamp '9999-12-31'") }}
),

counting as (
    select
        observations.source_id,
        observations.series_key,
        observations.time_period,
        case
            when observations.obs_value is not null
                then {{ scaled_number('observations.obs_value_raw', 'observations.unit_mult') }}
        end as value,
        nullif(observations.obs_flag_raw, '') as obs_flag_raw
    from {{ ref('stg_indicator__observations') }} as observations
    inner join {{ ref('meta_vintages') }} as vintages
        on observations.source_id = vintages.source_id and vintages.is_latest
)

select
    coalesce(believed.source_id, counting.source_id) as source_id,
    coalesce(believed.series_key, counting.series_key) as series_key,
    coalesce(believed.time_period, counting.time_period) as time_period,
    believed.value as believed_value,
    counting.value as counting_value
from believed
full outer join counting
    on
        believed.source_id = counting.source_id
        and believed.series_key = counting.series_key
        and believed.time_period = counting.time_period
where
    believed.source_id is null
    or counting.source_id is null
    or believed.value is distinct from counting.value
    or believed.obs_flag_raw is distinct from counting.obs_flag_raw

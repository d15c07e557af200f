with

preferred as (
    select * from {{ ref('int_indicator__preferred') }}
),

breaks as (
    select * from {{ ref('int_indicator__breaks') }}
),

figures as (
    select
        preferred.concept_id,
        preferred.country_iso3,
        preferred.freq,
        preferred.time_period,
        preferred.period_start,
        preferred.period_year,
        preferred.value,
        preferred.obs_flag_raw,
        preferred.obs_status,
        preferred.basis,
        breaks.concept_id is not null as is_break,
        breaks.break_kinds,
        breaks.break_note,
        preferred.provider,
        preferred.dataset,
        preferred.source_id,
        preferred.also_from,
        preferred.snapshot_sha256,
        preferred.item_name,
        preferred.row_no
    from preferred
    left join breaks
        on
            preferred.concept_id = breaks.concept_id
            and preferred.country_iso3 = breaks.country_iso3
            and preferred.freq = breaks.freq
            and preferred.period_start = breaks.period_start
)

select * from figures

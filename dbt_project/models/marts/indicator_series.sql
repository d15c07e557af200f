with

figures as (
    select * from {{ ref('int_indicator__figures') }}
),

sources as (
    select * from {{ ref('meta_sources') }}
)

select
    figures.concept_id,
    figures.country_iso3,
    figures.freq,
    figures.time_period,
    figures.period_start,
    figures.period_year,
    figures.value,
    figures.obs_flag_raw,
    figures.obs_status,
    figures.basis,
    figures.is_break,
    figures.break_kinds,
    figures.break_note,
    figures.provider,
    figures.dataset,
    figures.source_id,
    figures.also_from,
    sources.retrieved_at,
    figures.snapshot_sha256,
    figures.item_name,
    figures.row_no
from figures
left join sources on figures.source_id = sources.source_id
order by figures.concept_id, figures.country_iso3, figures.freq, figures.period_start

with

slices as (
    select * from {{ ref('stg_catalogue__slices') }}
),

slice_values as (
    select * from {{ ref('int_indicator__slice_values') }}
),

figures as (
    select
        first_slices.*,
        second_slices.role as second_role
    from slices as first_slices
    left join slices as second_slices
        on
            first_slices.source_id = second_slices.source_id
            and first_slices.concept_id = second_slices.concept_id
            and first_slices.series_no = second_slices.series_no
            and second_slices.role in ('minus', 'over')
    where first_slices.role = 'value'
),

computed as (
    select
        figures.concept_id,
        figures.source_id,
        figures.series_no,
        figures.provider,
        figures.dataset,
        figures.provider_rank,
        parts.country_iso3,
        parts.freq,
        parts.time_period,
        parts.period_start,
        cast(extract(year from parts.period_start) as integer) as period_year,
        cast(
            case
                when figures.second_role is null then parts.value
                when figures.second_role = 'minus' then parts.value - seconds.value
                else {{ percentage_of('parts.value', 'seconds.value') }}
            end as double
        ) as value,
        nullif(concat_ws('|', parts.obs_flag_raw, seconds.obs_flag_raw), '') as obs_flag_raw,
        {{ joined_statuses('parts.obs_status', 'seconds.obs_status') }} as obs_status,
        case
            when 'projected' in (parts.basis, seconds.basis) then 'projected'
            when 'modelled' in (parts.basis, seconds.basis) then 'modelled'
            else parts.basis
        end as basis,
        parts.snapshot_sha256,
        parts.item_name,
        parts.row_no
    from figures
    inner join slice_values as parts
        on
            figures.source_id = parts.source_id
            and figures.concept_id = parts.concept_id
            and figures.series_no = parts.series_no
            and parts.role = 'value'
    left join slice_values as seconds
        on
            figures.source_id = seconds.source_id
            and figures.concept_id = seconds.concept_id
            and figures.series_no = seconds.series_no
            and figures.second_role = seconds.role
            and parts.country_iso3 = seconds.country_iso3
            and parts.freq = seconds.freq
            and parts.period_start = seconds.period_start
)

-- without a value a flag may still say why; without either there is nothing to say
select * from computed
where value is not null or obs_flag_raw is not null

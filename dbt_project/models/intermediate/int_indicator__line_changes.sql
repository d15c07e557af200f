with

lines as (
    select * from {{ ref('int_indicator__lines') }}
),

successions as (
    select * from {{ ref('series_succession') }}
),

changes as (
    select
        lines.concept_id,
        lines.country_iso3,
        lines.freq,
        lines.period_start,
        case
            when successions.note is not null then 'succession'
            when lines.provider <> lines.previous_provider then 'provider'
            when lines.dataset <> lines.previous_dataset then 'dataset'
            else 'basis'
        end as break_kind,
        case
            when lines.dataset = lines.previous_dataset
                then 'from here on ' || lines.basis || ', before ' || lines.previous_basis
            else
                'from here on ' || lines.provider || ' ' || lines.dataset
                || ', before ' || lines.previous_provider || ' ' || lines.previous_dataset
                || coalesce(
                    ', which it succeeds from ' || successions.from_period || ': ' || successions.note, ''
                )
        end as note
    from lines
    left join successions
        on
            lines.previous_provider = successions.old_provider
            and lines.previous_dataset = successions.old_dataset
            and lines.provider = successions.new_provider
            and lines.dataset = successions.new_dataset
    where
        lines.provider <> lines.previous_provider
        or lines.dataset <> lines.previous_dataset
        or lines.basis <> lines.previous_basis
)

select * from changes

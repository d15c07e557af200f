with

preferred as (
    select * from {{ ref('int_indicator__preferred') }}
),

declared as (
    select * from {{ ref('series_break') }}
),

-- the value before each value of a line; a break lies between the two
lines as (
    select
        *,
        lag(period_start) over line as previous_start,
        lag(provider) over line as previous_provider,
        lag(dataset) over line as previous_dataset,
        lag(basis) over line as previous_basis
    from preferred
    where value is not null
    window line as (partition by concept_id, country_iso3, freq order by period_start)
),

kinds as (
    select
        concept_id,
        country_iso3,
        freq,
        period_start,
        'flag' as break_kind,
        'the provider flags a break' as note
    from preferred
    where obs_status like '%break%'
    union all
    select
        lines.concept_id,
        lines.country_iso3,
        lines.freq,
        lines.period_start,
        declared.kind as break_kind,
        declared.note
    from lines
    inner join declared
        on
            lines.concept_id = declared.concept_id
            and lines.provider = declared.provider
            and lines.country_iso3 = coalesce(declared.country_iso3, lines.country_iso3)
            and lines.period_start >= declared.period_start
            and lines.previous_start < declared.period_start
    union all
    select
        concept_id,
        country_iso3,
        freq,
        period_start,
        case
            when provider <> previous_provider then 'provider'
            when dataset <> previous_dataset then 'dataset'
            else 'basis'
        end as break_kind,
        case
            when dataset = previous_dataset then 'from here on ' || basis || ', before ' || previous_basis
            else
                'from here on ' || provider || ' ' || dataset
                || ', before ' || previous_provider || ' ' || previous_dataset
        end as note
    from lines
    where provider <> previous_provider or dataset <> previous_dataset or basis <> previous_basis
),

breaks as (
    select
        concept_id,
        country_iso3,
        freq,
        period_start,
        {{ listed('distinct break_kind', 'break_kind') }} as break_kinds,
        {{ listed('distinct note', 'note', '; ') }} as break_note
    from kinds
    group by concept_id, country_iso3, freq, period_start
)

select * from breaks

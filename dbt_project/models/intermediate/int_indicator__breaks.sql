with

preferred as (
    select * from {{ ref('int_indicator__preferred') }}
),

declared_breaks as (
    select * from {{ ref('int_indicator__declared_breaks') }}
),

line_changes as (
    select * from {{ ref('int_indicator__line_changes') }}
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
    select * from declared_breaks
    union all
    select * from line_changes
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

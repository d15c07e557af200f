with

preferred as (
    select * from {{ ref('int_indicator__preferred') }}
    where value is not null
),

-- the value before each value of a line: a break lies between the two
lines as (
    select
        concept_id,
        country_iso3,
        freq,
        period_start,
        provider,
        dataset,
        basis,
        lag(period_start) over line as previous_start,
        lag(provider) over line as previous_provider,
        lag(dataset) over line as previous_dataset,
        lag(basis) over line as previous_basis
    from preferred
    window line as (partition by concept_id, country_iso3, freq order by period_start)
)

select * from lines

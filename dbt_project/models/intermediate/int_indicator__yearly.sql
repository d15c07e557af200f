with

figures as (
    select * from {{ ref('int_indicator__figures') }}
    where value is not null and basis <> 'projected'
),

-- the figure of the year itself, else of its last quarter or month
ranked as (
    select
        concept_id,
        country_iso3,
        period_year,
        value,
        basis,
        row_number() over (
            partition by concept_id, country_iso3, period_year order by freq <> 'A', period_start desc, freq
        ) as place
    from figures
)

select * from ranked
where place = 1

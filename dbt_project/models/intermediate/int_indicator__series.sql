with

observations as (
    select * from {{ ref('stg_indicator__observations') }}
),

slices as (
    select * from {{ ref('stg_catalogue__slices') }}
),

-- a table has some thousand times as many observations as series
series as (
    select distinct
        source_id,
        series_key
    from observations
),

chosen as (
    select
        slices.source_id,
        slices.concept_id,
        slices.series_no,
        slices.role,
        series.series_key
    from slices
    inner join series
        on
            slices.source_id = series.source_id
            and {{ has_all_terms('series.series_key', 'slices.terms') }}
)

select * from chosen

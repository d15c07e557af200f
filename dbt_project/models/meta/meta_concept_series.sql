with

slices as (
    select * from {{ ref('stg_catalogue__slices') }}
),

series as (
    select * from {{ ref('int_indicator__series') }}
),

matched as (
    select
        source_id,
        concept_id,
        series_no,
        role,
        count(*) as series
    from series
    group by source_id, concept_id, series_no, role
)

select
    slices.concept_id,
    slices.source_id,
    slices.series_no,
    slices.role,
    array_to_string(slices.terms, ';') as terms,
    slices.provider,
    slices.dataset,
    slices.provider_rank,
    coalesce(matched.series, 0) as series
from slices
left join matched
    on
        slices.source_id = matched.source_id
        and slices.concept_id = matched.concept_id
        and slices.series_no = matched.series_no
        and slices.role = matched.role
order by slices.concept_id, slices.provider_rank, slices.source_id, slices.series_no, slices.role

with

handed_over as (
    select * from {{ meta_input('concept_series') }}
),

slices as (
    select
        cast(source_id as varchar) as source_id,
        cast(concept_id as varchar) as concept_id,
        cast(series_no as integer) as series_no,
        cast(role as varchar) as role,
        terms,
        cast(provider as varchar) as provider,
        cast(dataset as varchar) as dataset,
        cast(provider_rank as integer) as provider_rank
    from handed_over
)

select * from slices

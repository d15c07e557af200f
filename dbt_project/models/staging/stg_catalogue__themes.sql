with

handed_over as (
    select * from {{ meta_input('concepts') }}
),

themes as (
    select
        cast(concept_id as varchar) as concept_id,
        {{ each_of('themes') }} as code
    from handed_over
)

select * from themes

with

handed_over as (
    select * from {{ meta_input('concepts') }}
),

concepts as (
    select
        cast(concept_id as varchar) as concept_id,
        cast(label_fr as varchar) as label_fr,
        cast(label_en as varchar) as label_en,
        cast(label_es as varchar) as label_es,
        cast(unit as varchar) as unit,
        cast(age_base as varchar) as age_base,
        cast(definition as varchar) as definition,
        cast(comparability as varchar) as comparability,
        array_to_string(themes, ',') as themes,
        array_to_string(prefer, ',') as prefer
    from handed_over
)

select * from concepts

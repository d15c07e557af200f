with

concepts as (
    select * from {{ ref('stg_catalogue__concepts') }}
)

select
    concept_id,
    label_fr,
    label_en,
    label_es,
    unit,
    age_base,
    definition,
    comparability,
    themes,
    prefer
from concepts
order by concept_id

with

methods as (
    select * from {{ ref('figure_method') }}
)

select
    method,
    scope,
    name_fr,
    name_en,
    name_es,
    definition,
    formula,
    denominator_kind,
    interval_method,
    reference
from methods
order by method
